import latchkey, * as exported from "../../../src/index.ts";
import { surrounded } from "../../running/latchkey/surroundings.ts";
import { counted } from "./counted.ts";
import { postOffice } from "./letters.ts";

export * from "../../../src/index.ts";

/** Fenced as at Cloudflare: the simulator's would be counted as calls that nobody bills. */
export default counted(surrounded(latchkey, postOffice as never) as never, exported);

import latchkey, * as exported from "../../running/latchkey/deployed.ts";
import { counted } from "./counted.ts";

export * from "../../running/latchkey/deployed.ts";

export default counted(latchkey as never, exported);

import latchkey, * as exported from "../../../src/index.ts";
import { counted } from "./counted.ts";

export * from "../../../src/index.ts";

export default counted(latchkey as never, exported);

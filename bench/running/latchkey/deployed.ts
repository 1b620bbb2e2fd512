import latchkey from "../../../src/index.ts";
import { surrounded } from "./surroundings.ts";

export * from "../../../src/index.ts";

export default surrounded(latchkey);

import { LATCHKEY, urlOf } from "./servers.ts";

/** Where Latchkey answers in this run, which is the issuer of all its tokens. */
export const issuer = urlOf(LATCHKEY);

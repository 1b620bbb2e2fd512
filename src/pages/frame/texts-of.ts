import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { type Texts, textsIn } from "../../texts/texts.ts";

/** What whoever asks is to read. */
export function textsOf(http: Context<AppEnv>): Texts {
  return textsIn(http.var.requester.language);
}

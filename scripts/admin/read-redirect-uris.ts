import { isRedirectUri } from "../../src/core/admin/client-rules.ts";
import { Problem } from "../problem.ts";
import { refuseTooMuch } from "./refuse-too-much.ts";

/** Where codes may be sent. Kept as they were given, as they are compared letter by letter. */
export function readRedirectUris(given: readonly string[]): string[] {
  refuseTooMuch("redirect-uri", given);
  for (const uri of given) {
    if (!isRedirectUri(uri)) {
      throw new Problem(
        `${JSON.stringify(uri)} is not a redirect URI.`,
        "Give one with https, with http on 127.0.0.1, [::1] or localhost, or with an app's scheme such as com.example.app:/callback; no user, no fragment, and no parameter that an answer brings.",
      );
    }
  }
  return [...given];
}

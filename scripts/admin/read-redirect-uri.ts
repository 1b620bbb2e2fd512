import { isRedirectUri } from "../../src/core/admin/client-rules.ts";
import { Problem } from "../problem.ts";

/** Where a code may be sent. Kept as it was given, as it is compared letter by letter. */
export function readRedirectUri(given: string): string {
  if (!isRedirectUri(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a redirect URI.`,
      "Give one with https, with http on 127.0.0.1, [::1] or localhost, or with an app's scheme such as com.example.app:/callback; no user, no fragment, and no parameter that an answer brings.",
    );
  }
  return given;
}

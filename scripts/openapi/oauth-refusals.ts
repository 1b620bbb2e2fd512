import type { Reason } from "../../src/core/refused.ts";
import { WAITED_FOR } from "../../src/oauth/device-code-grant.ts";
import { CHALLENGES, type OAuthReason, refusalBody, wordings } from "../../src/oauth/refusal.ts";
import type { WordedRefusal } from "./refusals.ts";

const IN_TIME: readonly Reason[] = ["rate_limited", "polling_flooded", "unavailable"];

/** What OAuth's endpoints answer for these reasons, from their own table. */
export function oauthRefusals(
  reasons: readonly OAuthReason[],
  { byBearer }: { byBearer: boolean },
): WordedRefusal[] {
  return [...new Set(reasons)].map((reason) => {
    const wording = wordings[reason];
    const [status, , text] = wording;
    return {
      reason,
      status,
      text,
      // RFC 6750 §3: no error for who sent no token.
      body: reason === "unauthenticated" ? null : refusalBody(wording, []),
      headers: {
        ...(WAITED_FOR.includes(reason) && { "preference-applied": "" }),
        ...(IN_TIME.includes(reason) && { "retry-after": "" }),
        ...((CHALLENGES[reason] || (byBearer && reason === "invalid_request")) && {
          "www-authenticate": "",
        }),
      },
    };
  });
}

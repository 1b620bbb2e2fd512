import { type Reason, Refused } from "../../src/core/refused.ts";
import type { Surface, Wording } from "../../src/surfaces/surface.ts";
import type { WordedRefusal } from "./refusals.ts";

const NOW = new Date("2026-03-01T09:30:00Z");
/** These come with a problem for each field. */
const OF_FIELDS: readonly Reason[] = ["invalid_request", "address_taken", "weak_password"];
const IN_TIME: readonly Reason[] = ["rate_limited", "polling_flooded", "unavailable"];
const CHALLENGED: readonly Reason[] = [
  "unauthenticated",
  "access_token_invalid",
  "insufficient_scope",
];

/** What a contract answers for these reasons, from its own table and its own envelope. */
export function contractRefusals(surface: Surface, reasons: readonly Reason[]): WordedRefusal[] {
  const wordings: Readonly<Partial<Record<Reason, Wording>>> = surface.refusals;
  return reasons.map((reason) => {
    const wording = wordings[reason];
    if (!wording) {
      throw new Error(`${surface.terms.contract} has no words for ${reason}`);
    }
    const [status, , text] = wording;
    const { body = null, headers } = surface.refuse(wording, refusedFor(reason), NOW);
    return {
      reason,
      status,
      text,
      body,
      headers: { ...surface.headers, ...headers, ...added(reason) },
    };
  });
}

function refusedFor(reason: Reason): Refused {
  return new Refused(reason, {
    fields: OF_FIELDS.includes(reason) ? [exampleIssue(reason)] : [],
    scopes: reason === "insufficient_scope" ? ["admin:accounts"] : [],
    comeBack: IN_TIME.includes(reason) ? { retryAfterSeconds: 60, limit: 10 } : null,
  });
}

function exampleIssue(reason: Reason) {
  switch (reason) {
    case "address_taken":
      return { field: "email", issue: "has already been taken" };
    case "weak_password":
      return { field: "password", issue: "must have at least 8 characters" };
    default:
      return { field: "email", issue: "is required" };
  }
}

/** What `mount` adds to every contract's refusals. */
function added(reason: Reason): Record<string, string> {
  return {
    ...(IN_TIME.includes(reason) && { "retry-after": "" }),
    ...(CHALLENGED.includes(reason) && { "www-authenticate": "" }),
  };
}

import type { Operation } from "../../src/core/operations.ts";
import type { Reason } from "../../src/core/refused.ts";
import type { AnyAudience, AnyRoute } from "../../src/surfaces/surface.ts";
import { describedOperation } from "./operations.ts";

const ALWAYS: readonly Reason[] = [
  "invalid_request",
  "unsupported_media_type",
  "body_too_large",
  "unavailable",
  "internal",
];
const CALLER: readonly Reason[] = [
  "unauthenticated",
  "access_token_invalid",
  "insufficient_scope",
  "password_change_required",
];
const BY_AUDIENCE: Readonly<Record<AnyAudience, readonly Reason[]>> = {
  anyone: [],
  "anyone without a key": ["access_token_invalid", "insufficient_scope"],
  "same origin": ["cross_site"],
  bearer: CALLER,
  "bearer if any": CALLER,
  // Whichever tenant it names is looked up before any row is.
  administrator: [...CALLER, "role_too_low", "rate_limited", "route_unknown"],
  "bearer or key": CALLER,
  "bearer or page": [...CALLER, "cross_site"],
  "bearer or cookie": [...CALLER, "cross_site"],
  "bearer unread": [],
  "bearer or cookie unread": ["cross_site"],
};

/** Why a request at this path may be refused, by whom it serves and what it does. */
export function reasonsOf(
  rows: readonly (readonly [Operation, AnyRoute])[],
  pattern: string,
): Reason[] {
  const own = rows.flatMap(([name, [, audience]]) => [
    ...describedOperation(name)[1],
    ...BY_AUDIENCE[audience],
  ]);
  const ofTenant: Reason[] = pattern.startsWith("/:tenant")
    ? ["route_unknown", "rate_limited"]
    : [];
  return [...new Set([...own, ...ofTenant, ...ALWAYS])];
}

import type { AdminCaller } from "../../src/core/admin/admin-caller.ts";
import type { ResourceCaller } from "../../src/core/caller/caller.ts";
import { type Operation, operations } from "../../src/core/operations.ts";
import type { Reason, Refused } from "../../src/core/refused.ts";
import type { AnyAudience, AnyRoute } from "../../src/surfaces/surface.ts";
import { describedOperation } from "./operations.ts";

const ALWAYS: readonly Reason[] = [
  "invalid_request",
  "unsupported_media_type",
  "body_too_large",
  "unavailable",
  "internal",
];
const CALLER: readonly Reason[] = ["unauthenticated", "access_token_invalid"];
const BY_AUDIENCE: Readonly<Record<AnyAudience, readonly Reason[]>> = {
  anyone: [],
  "anyone without a key": ["access_token_invalid", "insufficient_scope"],
  "same origin": ["cross_site"],
  bearer: CALLER,
  "bearer if any": ["access_token_invalid"],
  // Whichever tenant it names is looked up before any row is.
  administrator: [...CALLER, "rate_limited", "route_unknown"],
  "bearer or key": CALLER,
  "bearer or page": [...CALLER, "cross_site"],
  "bearer or cookie": [...CALLER, "cross_site"],
  "bearer unread": [],
  "bearer or cookie unread": ["cross_site"],
};

/** Who has a token for something else; and who may do everything, once their password is another. */
const HELD_TO_SCOPES = asking({ scope: "", mustResetPassword: false });
const BEFORE_PASSWORD_CHANGE = asking({ scope: null, mustResetPassword: true });

/** Why an operation refuses callers who are known, as it says itself. */
export function policyReasonsOf(name: Operation): Reason[] {
  const { refuseCaller } = operations[name] as unknown as Refusing;
  return [HELD_TO_SCOPES, BEFORE_PASSWORD_CHANGE].flatMap(
    (caller) => refuseCaller?.(caller)?.reason ?? [],
  );
}

interface Refusing {
  refuseCaller?(caller: ResourceCaller & AdminCaller): Refused | null;
}

/** As much of a person, and of one who administers, as is looked at before anything is done. */
function asking({
  scope,
  mustResetPassword,
}: {
  scope: string | null;
  mustResetPassword: boolean;
}) {
  const role = "superadmin" as const;
  return {
    account: { role, mustResetPassword },
    session: { scope, actorId: null },
    person: { mustResetPassword },
    scopes: scope?.split(" ") ?? null,
    isOperator: true,
    role,
  } as unknown as ResourceCaller & AdminCaller;
}

/** Why a request at this path may be refused, by whom it serves and what it does. */
export function reasonsOf(
  rows: readonly (readonly [Operation, AnyRoute])[],
  pattern: string,
): Reason[] {
  const own = rows.flatMap(([name, [, audience]]) => [
    ...describedOperation(name)[1],
    ...BY_AUDIENCE[audience],
    ...policyReasonsOf(name),
  ]);
  const ofTenant: Reason[] = pattern.startsWith("/:tenant")
    ? ["route_unknown", "rate_limited"]
    : [];
  return [...new Set([...own, ...ofTenant, ...ALWAYS])];
}

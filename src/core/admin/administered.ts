import { isStale } from "../caller/refuse-stale.ts";
import { type EndedReason, orLost } from "../caller/still-in.ts";
import type { Context } from "../ports.ts";
import { type PolicyReason, type Reason, Refused } from "../refused.ts";
import { reaches } from "../role.ts";
import { type AdminCaller, askingBy } from "./admin-caller.ts";
import type { AdminScope } from "./admin-scope.ts";

/** What an operation asks of whoever administers. A person is an administrator besides. */
export interface AdminDemand {
  /** Callers who are held to scopes need one of these. The first opens least: who has none is told it. */
  scopes: readonly [AdminScope, ...AdminScope[]];
  /**
   * It hands on the audit log, or what signs for it: who is held to scopes needs the one that reads it as
   * well, and has no events believed that never happened.
   */
  handsOnLog?: true;
  /** It is about the service and not about one tenant: a person is a superadmin of the default one. */
  operator?: true;
  /** It changes something: a person signed in lately (RFC 9470), in a session that lives still. */
  changes?: true;
}

type RankReason = "role_too_low" | "operator_only";

export type AdminReason<D extends AdminDemand> =
  | PolicyReason
  | (D extends { operator: true } ? "operator_only" : "role_too_low")
  | (D extends { changes: true } ? "sign_in_stale" : never);

/** An operation that refuses whoever may not administer, however it is asked for. */
export interface Administered<
  I extends { caller: AdminCaller },
  O,
  R extends Reason,
  E extends Reason,
> {
  (context: Context, input: I): Promise<O | Refused<R> | Refused<E>>;
  /** The same refusal ahead of the call, for who would rather not read the rest of a request. */
  refuseCaller(caller: AdminCaller): Refused<R> | null;
  /** What it refuses by, for whoever documents it. */
  demand: AdminDemand;
}

export function administered<const D extends AdminDemand, I extends { caller: AdminCaller }, O>(
  demand: D,
  operation: (context: Context, input: I) => Promise<O>,
): Administered<I, O, AdminReason<D>, EndedReason<D>> {
  const refuseCaller = (caller: AdminCaller) =>
    whyNot(demand, caller) as Refused<AdminReason<D>> | null;
  return Object.assign(
    async (context: Context, input: I) => {
      const { caller } = input;
      const { person } = caller;
      const mustProve = demand.changes && person && isStale(context, person.provedAt);
      const refused =
        refuseCaller(caller) ??
        (mustProve ? new Refused<AdminReason<D>>("sign_in_stale" as AdminReason<D>) : null);
      if (refused) {
        return refused;
      }
      const by = demand.changes ? askingBy(context, caller) : null;
      const outcome = await orLost(context, by, await operation(context, input));
      const isDemoted = outcome instanceof Refused && outcome.reason === "role_too_low";
      return (isDemoted ? tooLow(demand) : outcome) as O | Refused<EndedReason<D>>;
    },
    { refuseCaller, demand },
  );
}

/** Lists of scopes, each of which opens it: the one that opens least first. */
export function scopesThatOpen({ scopes, handsOnLog }: AdminDemand): AdminScope[][] {
  return scopes.map((scope) => (handsOnLog ? [scope, "admin:audit"] : [scope]));
}

function whyNot(
  demand: AdminDemand,
  { scopes, person, role, isOperator }: AdminCaller,
): Refused<PolicyReason | RankReason> | null {
  const opening = scopesThatOpen(demand);
  if (scopes && !opening.some((all) => all.every((scope) => scopes.includes(scope)))) {
    return new Refused("insufficient_scope", { scopes: opening[0] ?? [] });
  }
  if (person?.mustResetPassword) {
    return new Refused("password_change_required");
  }
  const isEnough = reaches(role, "admin") && (isOperator || !demand.operator);
  return isEnough ? null : tooLow(demand);
}

/** An administrator who is no operator is not told to be an administrator. */
function tooLow({ operator }: AdminDemand): Refused<RankReason> {
  return new Refused(operator ? "operator_only" : "role_too_low");
}

import type { Role } from "../account/account.ts";
import type { KeyCaller } from "../key/key.ts";
import type { Context } from "../ports.ts";
import { type PolicyReason, type Reason, Refused } from "../refused.ts";
import { reaches } from "../role.ts";
import type { ResourceCaller } from "./caller.ts";
import { type EndedReason, orLost, type StillIn } from "./still-in.ts";

/** What an operation asks of its caller, beside being one. */
export interface Demand {
  /** Callers who are held to scopes need this one. Without it, only a full sign-in will do. */
  scope?: "profile:read" | "profile:write" | "openid";
  /** The least role. */
  role?: Exclude<Role, "user">;
  /** Open to an account that has to change its password first. */
  beforePasswordChange?: true;
  /** Open to an administrator who impersonates the account. */
  whileImpersonating?: true;
  /** It changes something: in a session that lives still, see `StillIn`. */
  changes?: true;
}

export type GuardReason<D extends Demand> =
  | "insufficient_scope"
  | (D extends { beforePasswordChange: true } ? never : "password_change_required")
  | (D extends { role: string } ? "role_too_low" : never);

/** A key is no session: what it changes is changed. */
type Asking<C> = C extends KeyCaller ? null : StillIn;

/** An operation that refuses callers who may not do it, whoever asks for it and however. */
export interface Guarded<
  I extends { caller: ResourceCaller },
  O,
  R extends Reason,
  E extends Reason = never,
> {
  (context: Context, input: I): Promise<O | Refused<R> | Refused<E>>;
  /** The same refusal ahead of the call, for who would rather not read the rest of a request. */
  refuseCaller(caller: ResourceCaller): Refused<R> | null;
  /** What it demands, for whoever tests that. */
  changes: boolean;
  asksForRole: boolean;
  isOpenBeforePasswordChange: boolean;
}

/**
 * The operation is handed the session that its writes ask for. That it had ended they need not tell from what
 * else they are refused for: that is found out here.
 */
export function guarded<const D extends Demand, I extends { caller: ResourceCaller }, O>(
  demand: D,
  operation: (context: Context, input: I, by: Asking<I["caller"]>) => Promise<O>,
): Guarded<I, O, GuardReason<D>, EndedReason<D>> {
  const refuseCaller = (caller: ResourceCaller) => {
    const reason = whyNot(demand, caller);
    return reason ? new Refused(reason as GuardReason<D>) : null;
  };
  return Object.assign(
    async (context: Context, input: I) => {
      const refused = refuseCaller(input.caller);
      if (refused) {
        return refused;
      }
      const by = askingBy(context, demand, input.caller);
      const outcome = await operation(context, input, by as Asking<I["caller"]>);
      return (demand.changes ? orLost(context, by, outcome) : outcome) as Promise<
        O | Refused<EndedReason<D>>
      >;
    },
    {
      refuseCaller,
      changes: demand.changes === true,
      asksForRole: demand.role !== undefined,
      isOpenBeforePasswordChange: demand.beforePasswordChange === true,
    },
  );
}

function askingBy({ clock }: Context, demand: Demand, caller: ResourceCaller): StillIn | null {
  if (!("session" in caller)) {
    return null;
  }
  const { role, beforePasswordChange } = demand;
  return {
    sessionId: caller.session.id,
    at: clock.now(),
    ...(role && { least: role }),
    ...(beforePasswordChange && { beforePasswordChange }),
  };
}

function whyNot(demand: Demand, caller: ResourceCaller): PolicyReason | "role_too_low" | null {
  const scopes = scopesOf(caller);
  if (scopes && !(demand.scope && scopes.includes(demand.scope))) {
    return "insufficient_scope";
  }
  if (isImpersonating(caller) && !demand.whileImpersonating) {
    return "insufficient_scope";
  }
  if (caller.account.mustResetPassword && !demand.beforePasswordChange) {
    return "password_change_required";
  }
  return demand.role && !reaches(caller.account.role, demand.role) ? "role_too_low" : null;
}

/** Null for a full sign-in, which may do all that its account may. */
function scopesOf(caller: ResourceCaller): readonly string[] | null {
  if ("key" in caller) {
    return caller.key.scopes;
  }
  return caller.session.scope === null ? null : caller.session.scope.split(" ");
}

function isImpersonating(caller: ResourceCaller): boolean {
  return "session" in caller && caller.session.actorId !== null;
}

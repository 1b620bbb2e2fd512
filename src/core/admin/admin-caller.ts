import type { Role } from "../account/account.ts";
import type { StillIn } from "../caller/still-in.ts";
import type { Context } from "../ports.ts";

/** Who administers: somebody who signed in, or a program that acts for itself. */
export interface AdminCaller {
  /** Whom the audit log names: an account's id, or `client:<id>`. */
  actorId: string;
  /**
   * As what it ranks among accounts. A client is no more than an admin, whatever its scopes: a secret
   * that leaks must not reach a superadmin.
   */
  role: Role;
  /** Null for a plain sign-in, which may do all that its role may. */
  scopes: readonly string[] | null;
  /** Whether it may act in every tenant, and on the tenants and clients themselves. */
  isOperator: boolean;
  /** Where it is a person. */
  person: {
    accountId: string;
    mustResetPassword: boolean;
    /** When they proved who they are. */
    provedAt: Date;
  } | null;
  sessionId: string | null;
  /** The client that acts, or that the person signed in to; null for a contract or page. */
  clientId: string | null;
}

/** The session that a deed is asked for in; null for a client that acts for itself. */
export function askingBy(
  { clock }: Pick<Context, "clock">,
  { sessionId, role }: AdminCaller,
): (StillIn & { least: Role }) | null {
  return sessionId === null ? null : { sessionId, at: clock.now(), least: role };
}

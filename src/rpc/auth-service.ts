/**
 * What a Worker may ask of Latchkey through a service binding to the entrypoint `Auth`. Imports
 * nothing: a Worker elsewhere may copy this file. A call rejects when it cannot be answered now:
 * answer 503 then, and let nobody in.
 */
export interface AuthService {
  /**
   * Who an access token of any contract belongs to, if it is good at this moment and meant for
   * `audience`; for Latchkey itself where that is left out. Null for everything else.
   */
  verify(token: string, options?: { audience?: string }): Promise<VerifiedToken | null>;
  /**
   * The same by its signature alone: no store is asked. It does not know what was revoked, disabled or
   * changed in the fifteen minutes since the token was issued, so it is for reads that are many and
   * harmless. Only what OAuth clients were given is taken: contracts issue tokens that live for days,
   * some of them to accounts which may do nothing elsewhere.
   */
  verifyOffline(token: string, options?: { audience?: string }): Promise<VerifiedToken | null>;
  /** What a token of any kind is good for, as RFC 7662 §2.2 has it. */
  introspect(token: string): Promise<Introspection>;
  /** Whose an API key or a service key is, if it is good at this moment. */
  verifyKey(key: string): Promise<VerifiedKey | null>;
}

export interface VerifiedToken {
  /** The account's id, or `client:<id>` where a client acts for itself. */
  subject: string;
  /** Null where a client acts for itself. */
  accountId: string | null;
  clientId: string;
  /** Null where a client acts for itself. */
  sessionId: string | null;
  tenantId: string;
  /** Null for a plain sign-in, which may do all that its account may. */
  scopes: string[] | null;
  /** The account's at this moment, or when the token was issued. */
  roles: string[];
  audience: string[];
  /** The administrator who acts as the account. */
  actorId: string | null;
  /** Unix seconds. */
  issuedAt: number;
  /** Unix seconds. */
  expiresAt: number;
}

export interface VerifiedKey {
  keyId: string;
  /** An API key acts for its account, a service key for its tenant. */
  kind: "api" | "service";
  /** Whose it is, or who made it for the tenant. */
  accountId: string;
  tenantId: string;
  scopes: string[];
  /** The account's at this moment. None for a service key: it is nobody's own. */
  roles: string[];
  /** Unix seconds; null for one that never expires. */
  expiresAt: number | null;
}

/** Exactly `{ active: false }`, or the claims of RFC 7662 §2.2. */
export interface Introspection {
  active: boolean;
  [claim: string]: unknown;
}

/** What the binding says of its caller, as `props` in that Worker's wrangler.toml. */
export interface AuthProps {
  /** The slug of the tenant whose tokens it takes; the default tenant where it is left out. */
  tenant?: string;
}

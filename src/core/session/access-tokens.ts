import type { Role } from "../account/account.ts";
import type { TokenSession } from "./session.ts";

export interface AccessTokens {
  /** Makes sure that tokens can be signed: to be called before something is spent for one. */
  prepare(): Promise<void>;
  /** An `at+jwt` (RFC 9068) for this session. */
  mint(session: TokenSession, role: Role, lifetimeSeconds: number): Promise<string>;
  /** The same for a client that acts for itself. RFC 6749 §4.4. */
  mintForClient(grant: ClientTokenGrant, lifetimeSeconds: number): Promise<string>;
  /**
   * What it says, if signature, issuer, type and time are right and it is for this service alone; else
   * null. `any audience` is for saying what a token is, never for letting somebody in.
   */
  read(token: string, whose?: "any audience"): Promise<AccessTokenContent | null>;
  /** An ID token (OpenID Connect Core §2) about whom the session belongs to. */
  mintIdToken(about: IdTokenSubject, lifetimeSeconds: number): Promise<string>;
  /**
   * Whose account an ID token of this client was about, however long ago; null for anything else.
   */
  readIdToken(token: string, clientId: string): Promise<string | null>;
}

export interface ClientTokenGrant {
  clientId: string;
  tenantId: string;
  scope: string;
  /** Space-separated; null for this service. */
  audience: string | null;
}

export interface AccessTokenContent {
  jti: string;
  subject: string;
  tenantId: string;
  clientId: string;
  /** Null in a token that a client got for itself. */
  sessionId: string | null;
  /** Null for a plain sign-in. */
  scope: string | null;
  audience: readonly string[];
  /** The account's when it was minted; none in a client's own token. */
  roles: readonly string[];
  /** The administrator who acts as the account. RFC 8693 §4.1. */
  actorId: string | null;
  issuedAt: Date;
  expiresAt: Date;
}

export interface IdTokenSubject {
  session: TokenSession;
  /** Whom it is for. */
  clientId: string;
  /** What the client asked to find in it; null where it asked for nothing. */
  nonce: string | null;
}

/**
 * The subject of a client's own tokens. No account is ever called so: their ids are UUIDs.
 * RFC 9700 §4.15.
 */
export function subjectOfClient(clientId: string): string {
  return `client:${clientId}`;
}

import type { AuthService } from "../../src/rpc/auth-service.ts";
import type { Expected } from "./access-token-verifier.ts";

/** What a guarded route demands of a caller whose credential is good. */
export interface Demands {
  /** All of these. A full sign-in, which is held to no scopes, has them. */
  readonly scopes?: readonly string[];
  /**
   * One of these. A client that acts for itself has none. Whoever names roles names scopes as well, `[]`
   * where any will do: a role is the person's, and every app that they let in acts with it.
   */
  readonly roles?: readonly string[];
  /** What the API calls itself in `WWW-Authenticate`. */
  readonly realm?: string;
}

/** Verifies access tokens with Latchkey's public keys: nobody is asked, a sign-out shows when they expire. */
export interface GuardByKeys extends Demands, Expected {
  readonly binding?: never;
}

/** Asks Latchkey about each access token through a service binding: a sign-out holds at once. */
export interface GuardByBinding extends Demands {
  readonly binding: AuthService;
  /** What this API is called; the issuer itself, to take the tokens of its contracts. */
  readonly audience: string;
  /** By the signature alone, for reads that are many and harmless: see `verifyOffline`. */
  readonly offline?: boolean;
  readonly credential?: "access token";
}

/** Asks Latchkey about each API key through a service binding. */
export interface GuardForApiKeys extends Demands {
  readonly binding: AuthService;
  readonly credential: "api key";
}

import type { VerifiedKey, VerifiedToken } from "../../src/rpc/auth-service.ts";
import { accessTokenVerifier } from "./access-token-verifier.ts";
import { checkAudience } from "./check-audience.ts";
import type { GuardByBinding, GuardByKeys, GuardForApiKeys } from "./guard-options.ts";

/** Null for a credential that is no good; rejects while that cannot be told. */
export type VerifyCredential<Caller> = (credential: string) => Promise<Caller | null>;

/** How a guard tells good credentials from bad ones. */
export function verifierFor(
  options: GuardForApiKeys | GuardByBinding | GuardByKeys,
): VerifyCredential<VerifiedToken | VerifiedKey> {
  if ("binding" in options && !isService(options.binding)) {
    throw new TypeError(
      "The service binding that a guard asks is not set: it is one of `env`, to the entrypoint `Auth`.",
    );
  }
  if ("credential" in options && options.credential === "api key") {
    const { binding } = options;
    return async (key) => {
      const verified = await binding.verifyKey(key);
      // A service key acts for its tenant, not for a person.
      return verified?.kind === "api" ? verified : null;
    };
  }
  if (!options.binding) {
    return accessTokenVerifier(options);
  }
  const { audience, binding } = options;
  checkAudience(audience);
  return options.offline
    ? async (token) => binding.verifyOffline(token, { audience })
    : async (token) => binding.verify(token, { audience });
}

/** A stub of the runtime is either. */
function isService(binding: unknown): boolean {
  return (typeof binding === "object" && binding !== null) || typeof binding === "function";
}

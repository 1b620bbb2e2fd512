import type { Context, MiddlewareHandler } from "hono";
import type { VerifiedKey, VerifiedToken } from "../../src/rpc/auth-service.ts";
import { bearerCredential } from "./bearer-credential.ts";
import { checkDemands } from "./check-demands.ts";
import { checkOptions } from "./check-options.ts";
import type { Demands, GuardByBinding, GuardByKeys, GuardForApiKeys } from "./guard-options.ts";
import { cannotTell, refusal } from "./refusal.ts";
import { type VerifyCredential, verifierFor } from "./verifier-for.ts";
import { whatItSays } from "./what-it-says.ts";

/** Who calls, as `c.var.caller` of a guarded route. For `new Hono<Guarded>()`. */
export interface Guarded<Caller = VerifiedToken> {
  Variables: { caller: Caller };
}

type Guard<Caller> = MiddlewareHandler<Guarded<Caller>>;

/**
 * Lets callers in whose access token, or API key, is good, is for this API and opens what the route
 * demands; everybody else is refused by RFC 6750 §3. While it cannot be told whether a credential is
 * good, the answer is 503. Throws a TypeError for options that would let in more than they say, such as
 * an audience that was never set, or nobody at all, such as a tenant whose tokens no keys can tell.
 */
export function guard(options: GuardForApiKeys): Guard<VerifiedKey>;
export function guard(options: GuardByBinding | GuardByKeys): Guard<VerifiedToken>;
export function guard(
  options: GuardForApiKeys | GuardByBinding | GuardByKeys,
): Guard<VerifiedKey> | Guard<VerifiedToken> {
  checkOptions(options);
  const demands = checkDemands(options);
  const verify: VerifyCredential<VerifiedToken | VerifiedKey> = verifierFor(options);
  const audience = "audience" in options ? options.audience : null;
  return async (http: Context, next: () => Promise<void>) => {
    http.set("caller", await admit(http, verify, { ...demands, audience }));
    await next();
  };
}

async function admit<Caller extends VerifiedToken | VerifiedKey>(
  http: Context,
  verify: VerifyCredential<Caller>,
  { realm, scopes = [], roles, audience }: Demands & { audience: string | null },
): Promise<Caller> {
  const brought = bearerCredential(http.req.header("authorization"));
  if (brought.kind === "nothing") {
    throw refusal(401, realm, {});
  }
  if (brought.kind === "malformed") {
    throw refusal(400, realm, { error: "invalid_request" });
  }
  const caller = await verify(brought.credential).catch((error: unknown) => {
    throw cannotTell(error);
  });
  if (!caller) {
    const description = audience === null ? null : whatItSays(brought.credential, audience);
    const said = description === null ? {} : { error_description: description };
    throw refusal(401, realm, { error: "invalid_token", ...said });
  }
  // A full sign-in is held to no scopes.
  if (caller.scopes !== null && !scopes.every((scope) => caller.scopes?.includes(scope))) {
    throw refusal(403, realm, { error: "insufficient_scope", scope: scopes.join(" ") });
  }
  // RFC 6750 §3.1 has one error for every privilege that is missing.
  if (roles && !roles.some((role) => caller.roles.includes(role))) {
    const description = "The account has none of the roles that may do this.";
    throw refusal(403, realm, { error: "insufficient_scope", error_description: description });
  }
  return caller;
}

import * as client from "openid-client";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { Problem } from "../problem.ts";
import { say } from "../say.ts";
import { noAnswer } from "./no-answer.ts";

/** Signs an operator in by device code. An operator registers it: docs/operating.md says how. */
const CLIENT_ID = "latchkey-admin";

/**
 * A token for the admin API: `LATCHKEY_ADMIN_TOKEN` as it is; or one for these scopes and no more, a
 * client's own, of `LATCHKEY_ADMIN_CLIENT_ID` and `LATCHKEY_ADMIN_CLIENT_SECRET`, or an operator's, who
 * approves it in a browser. None is kept.
 */
export async function adminToken(
  url: string,
  scopes: readonly AdminScope[],
  stop: AbortSignal,
): Promise<string> {
  const scope = scopes.join(" ");
  const {
    LATCHKEY_ADMIN_TOKEN: token,
    LATCHKEY_ADMIN_CLIENT_ID: id,
    LATCHKEY_ADMIN_CLIENT_SECRET: secret,
  } = process.env;
  if (token) {
    return token;
  }
  try {
    return await (id && secret ? byClient(url, scope, id, secret) : byDevice(url, scope, stop));
  } catch (error) {
    stop.throwIfAborted();
    const unreached = noAnswer(url, error);
    if (unreached) {
      throw unreached;
    }
    const { error: code, error_description: text } = error as Record<string, unknown>;
    throw new Problem(
      `${url} gave no token: ${text ?? code ?? (error as Error).message}`,
      id && secret
        ? `Check LATCHKEY_ADMIN_CLIENT_ID and LATCHKEY_ADMIN_CLIENT_SECRET. The command needs a client that has the scope ${scope}.`
        : `The command needs the scope ${scope}. Register ${CLIENT_ID} there first, with that: npm run admin -- create-client --help, and docs/operating.md.`,
      { cause: error },
    );
  }
}

async function byClient(url: string, scope: string, id: string, secret: string): Promise<string> {
  const known = await discover(url, id, client.ClientSecretBasic(secret));
  return (await client.clientCredentialsGrant(known, { scope })).access_token;
}

async function byDevice(url: string, scope: string, stop: AbortSignal): Promise<string> {
  const known = await discover(url, CLIENT_ID, client.None());
  const grant = await client.initiateDeviceAuthorization(known, { scope });
  say(`Sign in as an administrator and approve ${grant.user_code}:`);
  say(`  ${grant.verification_uri_complete ?? grant.verification_uri}`);
  const tokens = await client.pollDeviceAuthorizationGrant(known, grant, undefined, {
    signal: stop,
  });
  return tokens.access_token;
}

/** Plain HTTP never leaves the machine. */
function discover(url: string, id: string, authentication: client.ClientAuth) {
  const isHere = ["localhost", "127.0.0.1"].includes(new URL(url).hostname);
  return client.discovery(new URL(url), id, undefined, authentication, {
    algorithm: "oauth2",
    ...(isHere && { execute: [client.allowInsecureRequests] }),
  });
}

import * as client from "openid-client";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { announce } from "../announce.ts";
import { Problem } from "../problem.ts";
import { noAnswer } from "./no-answer.ts";
import { noApi } from "./no-api.ts";
import { DEVICE_CLIENT_ID, noToken } from "./no-token.ts";
import { USER_AGENT } from "./user-agent.ts";

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
    if (unreached || error instanceof Problem) {
      throw unreached ?? error;
    }
    throw noToken(error, { url, scope, isOwn: Boolean(id && secret) });
  }
}

async function byClient(url: string, scope: string, id: string, secret: string): Promise<string> {
  const known = await discover(url, id, client.ClientSecretBasic(secret));
  return (await client.clientCredentialsGrant(known, { scope })).access_token;
}

async function byDevice(url: string, scope: string, stop: AbortSignal): Promise<string> {
  const known = await discover(url, DEVICE_CLIENT_ID, client.None());
  const grant = await client.initiateDeviceAuthorization(known, { scope });
  announce(`Sign in as an administrator and approve ${grant.user_code}:`);
  announce(`  ${grant.verification_uri_complete ?? grant.verification_uri}`);
  const tokens = await client.pollDeviceAuthorizationGrant(known, grant, undefined, {
    signal: stop,
  });
  return tokens.access_token;
}

/** Plain HTTP never leaves the machine. */
async function discover(url: string, id: string, authentication: client.ClientAuth) {
  const isHere = ["localhost", "127.0.0.1"].includes(new URL(url).hostname);
  try {
    return await client.discovery(new URL(url), id, undefined, authentication, {
      algorithm: "oauth2",
      [client.customFetch]: (target, { headers, ...options }) => {
        const named = { ...options, headers: { ...headers, "user-agent": USER_AGENT } };
        return fetch(target, named as RequestInit);
      },
      ...(isHere && { execute: [client.allowInsecureRequests] }),
    });
  } catch (error) {
    const { cause } = error as Error;
    throw noAnswer(url, error) ?? noApi(url, (cause as { status?: number })?.status, error);
  }
}

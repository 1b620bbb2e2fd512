import { DEVICE_CODE_GRANT } from "../client.ts";
import {
  announceDeviceGrant,
  fenceDeviceStart,
  type StartedDeviceGrant,
} from "../device/start-device-grant.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { type AskedFor, allow } from "./asked-for.ts";
import { authenticateClient, type ClientCredentials } from "./authenticate-client.ts";

/** A device authorization request. RFC 8628 §3.1; with a PKCE challenge only its verifier redeems. */
export async function authorizeDevice(
  context: Context,
  {
    credentials,
    challenge,
    ...asked
  }: AskedFor & { credentials: ClientCredentials; challenge: string | null },
): Promise<
  | StartedDeviceGrant
  | Refused<
      | "client_unauthenticated"
      | "grant_not_allowed"
      | "scope_not_allowed"
      | "resource_not_allowed"
      | "rate_limited"
    >
> {
  const client = await authenticateClient(context, credentials);
  if (client instanceof Refused) {
    return client;
  }
  const crowded = await fenceDeviceStart(context, client);
  if (crowded) {
    return crowded;
  }
  if (!client.grants.includes(DEVICE_CODE_GRANT)) {
    return new Refused("grant_not_allowed");
  }
  const allowed = allow(client, asked);
  return allowed instanceof Refused
    ? allowed
    : announceDeviceGrant(context, client, { ...allowed, challenge });
}

import { DEVICE_CODE_GRANT } from "../client/client.ts";
import {
  announceDeviceGrant,
  fenceDeviceStart,
  type StartedDeviceGrant,
} from "../device/start-device-grant.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { type AskedFor, allow } from "./asked-for.ts";
import type { ClientCredentials } from "./authenticate-client.ts";
import { type ClientRefusal, clientWithGrant } from "./client-with-grant.ts";

/** A device authorization request. RFC 8628 §3.1; with a PKCE challenge only its verifier redeems. */
export async function authorizeDevice(
  context: Context,
  {
    credentials,
    challenge,
    ...asked
  }: AskedFor & { credentials: ClientCredentials; challenge: string | null },
): Promise<
  StartedDeviceGrant | Refused<ClientRefusal | "scope_not_allowed" | "resource_not_allowed">
> {
  const client = await clientWithGrant(context, credentials, DEVICE_CODE_GRANT);
  if (client instanceof Refused) {
    return client;
  }
  const crowded = await fenceDeviceStart(context, client);
  if (crowded) {
    return crowded;
  }
  const allowed = allow(client, asked);
  return allowed instanceof Refused
    ? allowed
    : announceDeviceGrant(context, client, { ...allowed, challenge });
}

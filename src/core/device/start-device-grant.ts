import type { Client } from "../client.ts";
import type { Context, DeviceGrantLocator } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenced, fenceRequests } from "../throttle/refuse.ts";
import { sealDeviceCode } from "./device-code.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { POLL_INTERVAL_SECONDS } from "./poll-answer.ts";
import { drawUserCode } from "./user-code.ts";

const GRANT_LIFETIME_SECONDS = 900;
const DEVICE_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
/** Codes taken this often in a row mean something is wrong, not bad luck. */
const DRAWS = 5;

export interface StartedDeviceGrant {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete: string;
  expiresInSeconds: number;
  intervalSeconds: number;
}

/** Starts a device grant for a client that may use it, with the scopes it may ask for. RFC 8628 §3.1. */
export async function startDeviceGrant(
  context: Context,
  { clientId, scopes }: { clientId: string; scopes: readonly string[] | null },
): Promise<StartedDeviceGrant | Refused<"client_unknown" | "scope_not_allowed" | "rate_limited">> {
  const flooded = await fenceRequests(context, "device start");
  if (flooded) {
    return flooded;
  }
  const client = await context.clients.find(context.tenantId, clientId);
  const isOpen = await context.fences.deviceStart(context.requester.address, client?.id ?? "");
  if (!isOpen) {
    return fenced("rate_limited", "deviceStart");
  }
  if (!client?.grants.includes(DEVICE_GRANT_TYPE)) {
    return new Refused("client_unknown");
  }
  const asked = [...new Set(scopes ?? client.scopes)];
  if (!asked.every((scope) => client.scopes.includes(scope))) {
    return new Refused("scope_not_allowed", {
      fields: [{ field: "scopes", issue: "has a scope that this client may not ask for" }],
    });
  }
  return announce(context, await startUnderFreeCode(context, client, asked));
}

async function startUnderFreeCode(
  context: Context,
  client: Client,
  scopes: readonly string[],
): Promise<DeviceGrant> {
  for (let draw = 0; draw < DRAWS; draw++) {
    const grant = newGrant(context, client, scopes);
    if (await context.deviceGrants.start(grant)) {
      return grant;
    }
  }
  throw new Error("every user code drawn is taken");
}

function newGrant(
  { randomness, clock, requester, terms }: Context,
  client: Client,
  scopes: readonly string[],
): DeviceGrant {
  const startedAt = clock.now();
  return {
    id: randomness.bytes(16).toHex(),
    tenantId: client.tenantId,
    userCode: drawUserCode(randomness),
    clientId: client.id,
    clientName: client.name,
    scopes,
    requester,
    contract: terms.contract,
    session: terms.session,
    startedAt,
    expiresAt: new Date(startedAt.getTime() + GRANT_LIFETIME_SECONDS * 1000),
  };
}

async function announce(
  { sealer, settings }: Context,
  { tenantId, userCode, id: grantId }: DeviceGrant,
): Promise<StartedDeviceGrant> {
  const locator: DeviceGrantLocator = { tenantId, userCode, grantId };
  const verificationUri = `${settings.publicUrl}/device`;
  return {
    deviceCode: await sealDeviceCode(sealer, locator),
    userCode,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
    expiresInSeconds: GRANT_LIFETIME_SECONDS,
    intervalSeconds: POLL_INTERVAL_SECONDS,
  };
}

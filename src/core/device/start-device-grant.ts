import type { Client } from "../client/client.ts";
import { DEVICE_CODE_GRANT } from "../client/client.ts";
import { sessionLifeOf } from "../client/session-life.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenced, fenceRequests } from "../throttle/refuse.ts";
import { sealDeviceCode } from "./device-code.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { POLL_INTERVAL_SECONDS } from "./poll-answer.ts";
import { drawUserCode } from "./user-code.ts";

const GRANT_LIFETIME_SECONDS = 900;
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

/** What a device asks for, once it is known to be allowed. */
export interface DeviceRequest {
  scopes: readonly string[];
  resources: readonly string[];
  challenge: string | null;
}

/**
 * Starts a device grant for a public client that may use it, with the scopes it may ask for. A client
 * with a secret has no way to show it here, and goes to the OAuth endpoint. RFC 8628 §3.1.
 */
export async function startDeviceGrant(
  context: Context,
  { clientId, scopes }: { clientId: string; scopes: readonly string[] | null },
): Promise<StartedDeviceGrant | Refused<"client_unknown" | "scope_not_allowed" | "rate_limited">> {
  const flooded = await fenceRequests(context, "device start");
  if (flooded) {
    return flooded;
  }
  const client = await context.clients.find(context.tenantId, clientId);
  const crowded = await fenceDeviceStart(context, client);
  if (crowded) {
    return crowded;
  }
  if (!client?.grants.includes(DEVICE_CODE_GRANT) || client.isConfidential) {
    return new Refused("client_unknown");
  }
  const asked = [...new Set(scopes ?? client.scopes)];
  if (!asked.every((scope) => client.scopes.includes(scope))) {
    return new Refused("scope_not_allowed", {
      fields: [{ field: "scopes", issue: "has a scope that this client may not ask for" }],
    });
  }
  return announceDeviceGrant(context, client, { scopes: asked, resources: [], challenge: null });
}

/** How often one client may start from one address; unknown ones count together. */
export async function fenceDeviceStart(
  { fences, requester }: Context,
  client: Client | null,
): Promise<Refused<"rate_limited"> | null> {
  const isOpen = await fences.deviceStart(requester.address, client?.id ?? "");
  return isOpen ? null : fenced("rate_limited", "deviceStart");
}

/** Keeps the grant under a free user code and says both codes. */
export async function announceDeviceGrant(
  context: Context,
  client: Client,
  request: DeviceRequest,
): Promise<StartedDeviceGrant> {
  const { sealer, settings, terms } = context;
  const {
    tenantId,
    userCode,
    id: grantId,
    expiresAt,
  } = await startUnderFreeCode(context, client, request);
  const verificationUri = `${settings.publicUrl}/device`;
  return {
    deviceCode: await sealDeviceCode(sealer, {
      tenantId,
      userCode,
      grantId,
      expiresAt,
      contract: terms.contract,
      challenge: request.challenge,
      resources: request.resources,
    }),
    userCode,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
    expiresInSeconds: GRANT_LIFETIME_SECONDS,
    intervalSeconds: POLL_INTERVAL_SECONDS,
  };
}

async function startUnderFreeCode(
  context: Context,
  client: Client,
  request: DeviceRequest,
): Promise<DeviceGrant> {
  for (let draw = 0; draw < DRAWS; draw++) {
    const grant = newGrant(context, client, request);
    if (await context.deviceGrants.start(grant)) {
      return grant;
    }
  }
  throw new Error("every user code drawn is taken");
}

function newGrant(
  { randomness, clock, requester, terms }: Context,
  client: Client,
  { scopes, resources }: DeviceRequest,
): DeviceGrant {
  const startedAt = clock.now();
  return {
    id: randomness.bytes(16).toHex(),
    tenantId: client.tenantId,
    userCode: drawUserCode(randomness),
    clientId: client.id,
    clientName: client.name,
    clientOwner: client.owner,
    samePlace: client.samePlace,
    scopes,
    resources,
    requester,
    contract: terms.contract,
    session: sessionLifeOf(client, terms),
    startedAt,
    expiresAt: new Date(startedAt.getTime() + GRANT_LIFETIME_SECONDS * 1000),
  };
}

import type { Context, Sealer } from "../ports.ts";
import type { DeviceGrantLocator } from "./device-grants.ts";
import { EXPIRED_TOKEN_SECONDS } from "./poll-answer.ts";

const PURPOSE = "device-code";

/** What a device code says to this service alone. */
export interface DeviceCode extends DeviceGrantLocator {
  /** The grant's end. Soon after it nobody remembers the grant, and nobody is asked for it. */
  expiresAt: Date;
  /** The contract it was started through, and is redeemed through. */
  contract: string;
  /** The PKCE challenge whose verifier alone redeems it; null where the code is enough. */
  challenge: string | null;
  /** What its tokens may be for (RFC 8707); empty for this service. */
  resources: readonly string[];
}

/** Stands where there is no challenge, and is none. */
const NO_CHALLENGE = "-";

/** Says where the grant lives, to this service only: 128 random bits inside, nothing to see outside. */
export function sealDeviceCode(sealer: Sealer, code: DeviceCode): Promise<string> {
  const { tenantId, userCode, grantId, contract, challenge, resources } = code;
  const expiresAt = code.expiresAt.getTime();
  const grant = [tenantId, userCode, grantId, expiresAt, contract, challenge ?? NO_CHALLENGE];
  return sealer.seal(PURPOSE, [...grant, ...resources].join(" "));
}

/** Null for everything that was not sealed here: a forged code wakes no grant. */
export async function openDeviceCode(
  sealer: Sealer,
  deviceCode: string,
): Promise<DeviceCode | null> {
  const content = await sealer.open(PURPOSE, deviceCode);
  const [tenantId, userCode, grantId, expiresAt, contract, challenge, ...resources] =
    content?.split(" ") ?? [];
  if (!tenantId || !userCode || !grantId || !expiresAt || !contract || !challenge) {
    return null;
  }
  return {
    tenantId,
    userCode,
    grantId,
    expiresAt: new Date(Number(expiresAt)),
    contract,
    challenge: challenge === NO_CHALLENGE ? null : challenge,
    resources,
  };
}

/** The code of a grant that may still be there, for whom it was issued through: the tenant and contract of this request. */
export async function readDeviceCode(
  { clock, sealer, tenantId, terms }: Context,
  deviceCode: string,
): Promise<DeviceCode | null> {
  const code = await openDeviceCode(sealer, deviceCode);
  if (code?.tenantId !== tenantId || code.contract !== terms.contract) {
    return null;
  }
  const forgottenAt = code.expiresAt.getTime() + EXPIRED_TOKEN_SECONDS * 1000;
  return clock.now().getTime() < forgottenAt ? code : null;
}

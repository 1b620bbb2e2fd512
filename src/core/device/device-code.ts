import type { Sealer } from "../ports.ts";
import type { DeviceGrantLocator } from "./device-grants.ts";

const PURPOSE = "device-code";

/** What a device code says to this service alone. */
export interface DeviceCode extends DeviceGrantLocator {
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
  const parts = [tenantId, userCode, grantId, contract, challenge ?? NO_CHALLENGE, ...resources];
  return sealer.seal(PURPOSE, parts.join(" "));
}

/** Null for everything that was not sealed here: a forged code wakes no grant. */
export async function openDeviceCode(
  sealer: Sealer,
  deviceCode: string,
): Promise<DeviceCode | null> {
  const content = await sealer.open(PURPOSE, deviceCode);
  const [tenantId, userCode, grantId, contract, challenge, ...resources] =
    content?.split(" ") ?? [];
  if (!tenantId || !userCode || !grantId || !contract || !challenge) {
    return null;
  }
  return {
    tenantId,
    userCode,
    grantId,
    contract,
    challenge: challenge === NO_CHALLENGE ? null : challenge,
    resources,
  };
}

import type { Sealer } from "../ports.ts";
import type { DeviceGrantLocator } from "./device-grants.ts";

const PURPOSE = "device-code";

/** What a device code says to this service alone. */
export interface DeviceCode extends DeviceGrantLocator {
  /** The contract it was started through, and is redeemed through. */
  contract: string;
  /** The PKCE challenge whose verifier alone redeems it; null where the code is enough. */
  challenge: string | null;
}

/** Says where the grant lives, to this service only: 128 random bits inside, nothing to see outside. */
export function sealDeviceCode(sealer: Sealer, code: DeviceCode): Promise<string> {
  const { tenantId, userCode, grantId, contract, challenge } = code;
  const parts = [tenantId, userCode, grantId, contract, ...(challenge === null ? [] : [challenge])];
  return sealer.seal(PURPOSE, parts.join(" "));
}

/** Null for everything that was not sealed here: a forged code wakes no grant. */
export async function openDeviceCode(
  sealer: Sealer,
  deviceCode: string,
): Promise<DeviceCode | null> {
  const content = await sealer.open(PURPOSE, deviceCode);
  const [tenantId, userCode, grantId, contract, challenge = null] = content?.split(" ") ?? [];
  return tenantId && userCode && grantId && contract
    ? { tenantId, userCode, grantId, contract, challenge }
    : null;
}

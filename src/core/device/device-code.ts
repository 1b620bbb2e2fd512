import type { DeviceGrantLocator, Sealer } from "../ports.ts";

const PURPOSE = "device-code";

/** Says where the grant lives, to this service only: 128 random bits inside, nothing to see outside. */
export function sealDeviceCode(sealer: Sealer, locator: DeviceGrantLocator): Promise<string> {
  const { tenantId, userCode, grantId } = locator;
  return sealer.seal(PURPOSE, `${tenantId} ${userCode} ${grantId}`);
}

/** Null for everything that was not sealed here: a forged code wakes no grant. */
export async function openDeviceCode(
  sealer: Sealer,
  deviceCode: string,
): Promise<DeviceGrantLocator | null> {
  const content = await sealer.open(PURPOSE, deviceCode);
  const [tenantId, userCode, grantId] = content?.split(" ") ?? [];
  return tenantId && userCode && grantId ? { tenantId, userCode, grantId } : null;
}

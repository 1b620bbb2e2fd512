import { readDeviceCode } from "../device/device-code.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenced, fenceReturns } from "../throttle/refuse.ts";

/**
 * A socket on the grant of a device code that was issued here. It says `decided` once and nothing
 * else: the device then polls, and tokens never travel on it.
 */
export async function watchDeviceGrant(
  context: Context,
  { deviceCode }: { deviceCode: string },
): Promise<{ socket: WebSocket } | Refused<"invalid_grant" | "polling_flooded">> {
  const code = await readDeviceCode(context, deviceCode);
  if (!code) {
    return new Refused("invalid_grant");
  }
  const { tenantId, userCode, grantId } = code;
  const flooded = await fenceReturns(context, "device poll", grantId, "polling_flooded");
  if (flooded) {
    return flooded;
  }
  const socket = await context.deviceGrants.watch({ tenantId, userCode, grantId });
  if (socket === "too many") {
    return fenced("polling_flooded", "requests");
  }
  return socket ? { socket } : new Refused("invalid_grant");
}

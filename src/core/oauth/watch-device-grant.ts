import { openDeviceCode } from "../device/device-code.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenced } from "../throttle/refuse.ts";

/**
 * A socket on the grant of a device code that was issued here. It says `decided` once and nothing
 * else: the device then polls, and tokens never travel on it.
 */
export async function watchDeviceGrant(
  context: Context,
  { deviceCode }: { deviceCode: string },
): Promise<{ socket: WebSocket } | Refused<"invalid_grant" | "polling_flooded">> {
  const { deviceGrants, fences, sealer, tenantId, terms } = context;
  const code = await openDeviceCode(sealer, deviceCode);
  if (code?.tenantId !== tenantId || code.contract !== terms.contract) {
    return new Refused("invalid_grant");
  }
  const { userCode, grantId } = code;
  if (!(await fences.requests("device poll", grantId))) {
    return fenced("polling_flooded", "requests");
  }
  const socket = await deviceGrants.watch({ tenantId, userCode, grantId });
  if (socket === "too many") {
    return fenced("polling_flooded", "requests");
  }
  return socket ? { socket } : new Refused("invalid_grant");
}

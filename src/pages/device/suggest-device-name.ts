import type { DeviceGrant } from "../../core/device/device-grant.ts";
import type { UserAgents } from "../../core/ports.ts";
import { readDeviceName } from "../../core/session/device-name.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";

/** What a device could be called, from what it says of itself: "Example CLI on Linux". */
export function suggestDeviceName(
  { device }: Texts,
  userAgents: UserAgents,
  { clientName, requester }: DeviceGrant,
): string {
  const { os } = userAgents.describe(requester.userAgent);
  const { suggestedName } = device.confirm;
  const suggestion = os ? fill(suggestedName, { client: clientName, system: os }) : clientName;
  return readDeviceName(suggestion) ?? "";
}

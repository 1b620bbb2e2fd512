import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ReasonOf } from "../core/operations.ts";
import type { Refused } from "../core/refused.ts";
import type { Texts } from "../texts/texts.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type DevicePageReason = Exclude<
  ReasonOf<"describeDeviceGrant" | "decideDeviceGrant">,
  "unauthenticated" | "access_token_invalid"
>;

// biome-ignore format: it reads as a table
const wordings: Readonly<Record<DevicePageReason, readonly [ContentfulStatusCode, string]>> = {
  user_code_unknown:  [404, "No device is waiting under that code. Check it and type it again."],
  user_code_expired:  [400, "That code has expired. Start again on your device to get a new one."],
  user_code_decided:  [409, "That code was used already. If you still need to connect, start again on your device."],
  scope_not_allowed:  [400, "The device did not ask for that. Type the code again."],
  insufficient_scope: [403, "This sign-in may not connect devices. Sign out and sign in with your password."],
  password_change_required: [403, "Your password has to be changed first. Ask for a link to set a new one, then come back."],
  rate_limited:       [429, "Too many codes were tried."],
};

/** Why a code led nowhere, in words that help to go on. */
export function deviceRefusal(
  texts: Texts,
  refused: Refused<DevicePageReason>,
): {
  status: ContentfulStatusCode;
  problem: string;
} {
  const [status, text] = wordings[refused.reason];
  return { status, problem: status === 429 ? `${text} ${whenToComeBack(texts, refused)}` : text };
}

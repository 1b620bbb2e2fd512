import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ReasonOf } from "../../core/operations.ts";
import type { Refused } from "../../core/refused.ts";
import type { Texts } from "../../texts/texts.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { whenToComeBack } from "../form/when-to-come-back.ts";

export type DevicePageReason = Exclude<
  ReasonOf<"describeDeviceGrant" | "decideDeviceGrant">,
  "unauthenticated" | "access_token_invalid"
>;

const statuses: Readonly<Record<DevicePageReason, ContentfulStatusCode>> = {
  user_code_unknown: 404,
  user_code_expired: 400,
  user_code_decided: 409,
  place_differs: 403,
  scope_not_allowed: 400,
  insufficient_scope: 403,
  password_change_required: 403,
  rate_limited: 429,
};

/** Why a code led nowhere, in words that help to go on. */
export function deviceRefusal(
  texts: Texts,
  refused: Refused<DevicePageReason>,
): {
  status: ContentfulStatusCode;
  problem: FormProblem;
} {
  const status = statuses[refused.reason];
  const text = texts.device.refusals[refused.reason];
  switch (refused.reason) {
    case "user_code_unknown":
    case "user_code_expired":
    case "user_code_decided":
      return { status, problem: inFields(text, "user_code") };
    case "rate_limited":
      return { status, problem: `${text} ${whenToComeBack(texts, refused)}` };
    default:
      return { status, problem: text };
  }
}

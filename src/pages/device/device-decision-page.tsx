import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { refusedCodePage } from "./device-code-page.tsx";
import { deviceConfirmationPage } from "./device-confirmation-page.tsx";
import { DeviceOutcome } from "./device-outcome.tsx";
import { deviceRefusal } from "./device-refusal.ts";
import { type DeviceVisit, devicePage } from "./device-visit.tsx";

/** What a person says about the device behind a code. */
interface Said {
  userCode: string;
  approve: boolean;
  wasTyped: boolean;
  /** They typed the code, or say that they compared it. */
  hasCompared: boolean;
  deviceName: string;
  scopes: readonly string[];
}

/** Decides as the person says, or asks again where they have to say more or may not say it here. */
export async function deviceDecisionPage(visit: DeviceVisit, said: Said): Promise<Response> {
  const { http, texts, context, caller } = visit;
  const { userCode, approve, wasTyped, hasCompared, deviceName, scopes } = said;
  const filled = { wasTyped, deviceName, scopes };
  if (approve && !hasCompared) {
    http.var.log.reason = "invalid_request";
    const problem = inFields(texts.device.confirm.notCompared, "compared");
    return deviceConfirmationPage(visit, userCode, { ...filled, problem, status: 400 });
  }
  const word = { caller, userCode, approve, scopes, deviceName };
  const decided = await operations.decideDeviceGrant(context, word);
  if (!(decided instanceof Refused)) {
    const { title } = texts.device[decided.approved ? "approved" : "denied"];
    return devicePage(visit, { title }, <DeviceOutcome texts={texts} decided={decided} />);
  }
  if (decided.reason !== "place_differs") {
    return refusedCodePage(visit, decided);
  }
  noteRefusal(http, decided);
  return deviceConfirmationPage(visit, userCode, { ...filled, ...deviceRefusal(texts, decided) });
}

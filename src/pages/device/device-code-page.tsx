import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refused } from "../../core/refused.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { DeviceCodeForm } from "./device-code-form.tsx";
import { type DevicePageReason, deviceRefusal } from "./device-refusal.ts";
import { type DeviceVisit, devicePage } from "./device-visit.tsx";

interface CodePage {
  problem?: FormProblem;
  linked?: string | null;
  status?: ContentfulStatusCode;
}

/** Asks for a code, and says why the one before led nowhere. */
export function deviceCodePage(
  visit: DeviceVisit,
  { problem, linked = null, status = 200 }: CodePage,
): Promise<Response> {
  const { texts, formToken } = visit;
  const { title } = texts.device;
  return devicePage(
    visit,
    { title, status, hasProblems: problem !== undefined },
    <DeviceCodeForm
      texts={texts}
      formToken={formToken}
      problem={problem ?? null}
      linked={linked}
    />,
  );
}

export function refusedCodePage(
  visit: DeviceVisit,
  refused: Refused<DevicePageReason>,
): Promise<Response> {
  noteRefusal(visit.http, refused);
  return deviceCodePage(visit, deviceRefusal(visit.texts, refused));
}

/** For what could be no code, however it is read. */
export function noCodePage(visit: DeviceVisit): Promise<Response> {
  visit.http.var.log.reason = "invalid_request";
  return deviceCodePage(visit, {
    problem: inFields(visit.texts.device.noCode, "user_code"),
    status: 400,
  });
}

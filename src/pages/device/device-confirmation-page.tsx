import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { refusedCodePage } from "./device-code-page.tsx";
import { type ConfirmationForm, DeviceConfirmation } from "./device-confirmation.tsx";
import { type DeviceVisit, devicePage } from "./device-visit.tsx";

/** How the person came here, and what they said before they were asked again. */
interface Asked extends Partial<Omit<ConfirmationForm, "formToken">> {
  status?: ContentfulStatusCode;
}

/** Shows what is asking behind a code. It decides nothing; a wrong code counts as a guess. */
export async function deviceConfirmationPage(
  visit: DeviceVisit,
  userCode: string,
  { status = 200, ...asked }: Asked = {},
): Promise<Response> {
  const { texts, context, caller, formToken } = visit;
  const grant = await operations.describeDeviceGrant(context, { caller, userCode });
  if (grant instanceof Refused) {
    return refusedCodePage(visit, grant);
  }
  const nothing = { wasTyped: false, deviceName: null, scopes: null, problem: null };
  const form: ConfirmationForm = { ...nothing, ...asked, formToken };
  return devicePage(
    visit,
    { title: texts.device.confirm.title, status, hasProblems: form.problem !== null },
    <DeviceConfirmation
      texts={texts}
      userAgents={context.userAgents}
      grant={grant}
      here={context.requester}
      now={context.clock.now()}
      form={form}
    />,
  );
}

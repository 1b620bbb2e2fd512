import { isSamePlace } from "../../core/device/same-place.ts";
import { DEVICE_NAME_MAX_LENGTH } from "../../core/session/device-name.ts";
import type { Texts } from "../../texts/texts.ts";
import { AskedScopes } from "../authorize/asked-scopes.tsx";
import { WhoAsks } from "../authorize/who-asks.tsx";
import { Field } from "../form/field.tsx";
import type { FormProblem } from "../form/form-problem.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { Tick } from "../form/tick.tsx";
import { PlaceNote } from "../words/place-note.tsx";
import { suggestDeviceName } from "./suggest-device-name.ts";
import { TwoPlaces, type TwoPlacesProps } from "./two-places.tsx";

/** What stands in the form when it is shown. */
export interface ConfirmationForm {
  formToken: string;
  /** The person typed the code; nobody's link brought it. */
  wasTyped: boolean;
  /** Null for what we suggest. */
  deviceName: string | null;
  /** Null for all that was asked for. */
  scopes: readonly string[] | null;
  problem: FormProblem | null;
}

interface ConfirmationProps extends TwoPlacesProps {
  form: ConfirmationForm;
}

/**
 * Everything a person needs to tell their own device from a stranger's, before they decide.
 * Both answers weigh the same on the page. RFC 8628 §3.3.1, §5.4.
 */
export function DeviceConfirmation({ form, ...about }: ConfirmationProps) {
  const { texts, grant, here } = about;
  const { confirm } = texts.device;
  const problems = form.problem === null ? [] : [form.problem];
  const mayApprove = isSamePlace(grant.samePlace, grant.requester, here);
  return (
    <>
      <h1>{form.wasTyped ? confirm.typed : confirm.linked}</h1>
      <ProblemSummary problems={problems} />
      <p class="code">{grant.userCode}</p>
      {form.wasTyped && <p>{confirm.readByYou}</p>}
      <WhoAsks
        texts={texts}
        words={confirm}
        client={{ id: grant.clientId, name: grant.clientName, owner: grant.clientOwner }}
      />
      <PlaceNote texts={texts} grant={grant} here={here} />
      <h2>{confirm.where}</h2>
      <TwoPlaces {...about} />
      <form method="post" action="/device">
        <NoAnswerByEnter />
        <input type="hidden" name="csrf" value={form.formToken} />
        <input type="hidden" name="user_code" value={grant.userCode} />
        <AskedScopes
          texts={texts}
          asked={grant.scopes}
          resources={grant.resources}
          ticked={form.scopes}
          isChoice={mayApprove}
        />
        {mayApprove && <NameField form={form} {...about} />}
        {mayApprove && <Comparison texts={texts} wasTyped={form.wasTyped} problems={problems} />}
        <p>
          <strong>{confirm.support}</strong>
        </p>
        <div class="choice">
          {mayApprove && (
            <button type="submit" name="decision" value="approve">
              {confirm.approve}
            </button>
          )}
          <button type="submit" name="decision" value="deny" formnovalidate>
            {confirm.deny}
          </button>
        </div>
      </form>
    </>
  );
}

function NameField({ form, texts, userAgents, grant }: ConfirmationProps) {
  const { name, nameHint } = texts.device.confirm;
  return (
    <Field
      label={name}
      hint={nameHint}
      name="device_name"
      autocomplete="off"
      maxlength={DEVICE_NAME_MAX_LENGTH}
      value={form.deviceName ?? suggestDeviceName(texts, userAgents, grant)}
    />
  );
}

/**
 * What the Enter key in a field presses: the first button, which here does nothing. An answer is a
 * button that somebody chose. HTML standard, "implicit submission".
 */
function NoAnswerByEnter() {
  return <button type="submit" disabled hidden />;
}

/** Asked of whoever came by a link: they may never have seen the device. docs/decisions/0018. */
function Comparison({ texts, wasTyped, problems }: ComparisonProps) {
  return wasTyped ? (
    <input type="hidden" name="typed" value="on" />
  ) : (
    <Tick id="compared" name="compared" isRequired problems={problems}>
      {texts.device.confirm.compared}
    </Tick>
  );
}

interface ComparisonProps {
  texts: Texts;
  wasTyped: boolean;
  problems: readonly FormProblem[];
}

import type { DecidedDevice } from "../../core/device/decide-device-grant.ts";
import { DEVICE_NAME_MAX_LENGTH } from "../../core/session/device-name.ts";
import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";

const NAME_MAX_LENGTH = 60;

/** What came of a decision, and how to take it back. */
export function DeviceOutcome({ texts, decided }: DeviceOutcomeProps) {
  return decided.approved ? (
    <Approved texts={texts} decided={decided} />
  ) : (
    <Denied texts={texts} decided={decided} />
  );
}

interface DeviceOutcomeProps {
  texts: Texts;
  decided: DecidedDevice;
}

function Approved({ texts, decided: { clientName, deviceName } }: DeviceOutcomeProps) {
  const { title, connected, connectedAs, goBack, revoke, revokeLink } = texts.device.approved;
  return (
    <>
      <h1>{title}</h1>
      <p>
        <Sentence
          of={deviceName === null ? connected : connectedAs}
          client={<ClientName texts={texts} name={clientName} />}
          name={
            <ForeignText texts={texts} text={deviceName ?? ""} maxLength={DEVICE_NAME_MAX_LENGTH} />
          }
        />
      </p>
      <p>{goBack}</p>
      <p>{revoke}</p>
      <p>
        <a href="/account/sessions">{revokeLink}</a>
      </p>
    </>
  );
}

function Denied({ texts, decided: { clientName } }: DeviceOutcomeProps) {
  const { title, refused, again, notYours, notYoursLink } = texts.device.denied;
  return (
    <>
      <h1>{title}</h1>
      <p>
        <Sentence of={refused} client={<ClientName texts={texts} name={clientName} />} />
      </p>
      <p>{again}</p>
      <p>{notYours}</p>
      <p>
        <a href="/forgot">{notYoursLink}</a>
      </p>
    </>
  );
}

function ClientName({ texts, name }: { texts: Texts; name: string }) {
  return (
    <strong>
      <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
    </strong>
  );
}

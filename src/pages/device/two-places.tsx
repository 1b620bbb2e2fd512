import type { Child } from "hono/jsx";
import type { DeviceGrant } from "../../core/device/device-grant.ts";
import type { UserAgents } from "../../core/ports.ts";
import type { Requester } from "../../core/requester.ts";
import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Moment } from "../words/moment.tsx";
import { placeInWords } from "../words/place-in-words.ts";
import { programInWords } from "../words/program-in-words.ts";

const PLACE_MAX_LENGTH = 80;
const PROGRAM_MAX_LENGTH = 120;

/**
 * Where a device is, and since when, beside where whoever decides about it is: what lets a person
 * notice that it is not theirs. RFC 8628 §5.4.
 */
export function TwoPlaces({ texts, userAgents, grant, here, now }: TwoPlacesProps) {
  const { device, you } = texts.device.confirm;
  return (
    <div class="sides">
      <section>
        <h3>{device}</h3>
        <Side texts={texts} userAgents={userAgents} requester={grant.requester}>
          <dt>{texts.places.firstSeen}</dt>
          <dd>
            <Moment texts={texts} at={grant.startedAt} now={now} />
          </dd>
        </Side>
      </section>
      <section>
        <h3>{you}</h3>
        <Side texts={texts} userAgents={userAgents} requester={here} />
      </section>
    </div>
  );
}

export interface TwoPlacesProps {
  texts: Texts;
  userAgents: UserAgents;
  grant: DeviceGrant;
  /** Where whoever decides is. */
  here: Requester;
  now: Date;
}

interface SideProps {
  texts: Texts;
  userAgents: UserAgents;
  requester: Requester;
  children?: Child;
}

function Side({ texts, userAgents, requester, children }: SideProps) {
  const { places } = texts;
  const program = programInWords(texts, userAgents, requester.userAgent);
  const facts: [string, string, number][] = [
    [places.place, placeInWords(texts, requester), PLACE_MAX_LENGTH],
    [places.network, requester.network || places.unknown, PLACE_MAX_LENGTH],
    [places.program, program, PROGRAM_MAX_LENGTH],
    [places.address, requester.address, PLACE_MAX_LENGTH],
  ];
  return (
    <dl>
      {facts.map(([term, text, maxLength]) => (
        <>
          <dt>{term}</dt>
          <dd>
            <ForeignText texts={texts} text={text} maxLength={maxLength} />
          </dd>
        </>
      ))}
      {children}
    </dl>
  );
}

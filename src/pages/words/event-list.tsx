import type { Child } from "hono/jsx";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "./foreign-text.tsx";
import { Moment } from "./moment.tsx";
import { placeInWords } from "./place-in-words.ts";
import { programInWords } from "./program-in-words.ts";
import { Sentence } from "./sentence.tsx";

const SUBJECT_MAX_LENGTH = 80;
const PLACE_MAX_LENGTH = 80;
const PROGRAM_MAX_LENGTH = 60;

/** What happened to an account, each with when, where and with what. */
export function EventList({ visit, events, words = visit.texts.accountActivity, by }: EventsShown) {
  return events.length === 0 ? (
    <p>{words.nothing}</p>
  ) : (
    <ol class="entries">
      {events.map((event) => (
        <li>
          <Event visit={visit} event={event} words={words} />
          {by?.(event)}
        </li>
      ))}
    </ol>
  );
}

export interface EventsShown {
  visit: Visit;
  events: readonly AuditEvent[];
  /** As its owner reads it unless told. */
  words?: EventWords;
  /** Who did it, below each. */
  by?: (event: AuditEvent) => Child;
}

type EventWords = Pick<
  Visit["texts"]["accountActivity"],
  "nothing" | "about" | "unknown" | "events"
>;

interface EventShown {
  visit: Visit;
  event: AuditEvent;
  words: EventWords;
}

function Event({ visit: { context, texts }, event, words }: EventShown) {
  const program = programInWords(texts, context.userAgents, event.userAgent);
  return (
    <>
      <p>
        <strong>
          {event.subject === null ? (
            eventInWords(words, event)
          ) : (
            <Sentence
              of={words.about}
              event={eventInWords(words, event)}
              subject={
                <ForeignText texts={texts} text={event.subject} maxLength={SUBJECT_MAX_LENGTH} />
              }
            />
          )}
        </strong>
      </p>
      <p class="hint">
        <Moment texts={texts} at={event.at} now={context.clock.now()} />
      </p>
      <p class="hint">
        <ForeignText texts={texts} text={placeInWords(texts, event)} maxLength={PLACE_MAX_LENGTH} />
        {" · "}
        <ForeignText texts={texts} text={program} maxLength={PROGRAM_MAX_LENGTH} />
      </p>
    </>
  );
}

/** A newer version of the service may have written what this one does not know. */
function eventInWords({ events, unknown }: EventWords, { event }: AuditEvent): string {
  return Object.hasOwn(events, event) ? events[event] : unknown;
}

import type { ListedSession } from "../../core/session/sessions.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "./foreign-text.tsx";
import { Moment } from "./moment.tsx";
import { placeInWords } from "./place-in-words.ts";
import { programInWords } from "./program-in-words.ts";
import { ResourceInWords } from "./resource-in-words.tsx";
import { ScopeInWords } from "./scope-in-words.tsx";
import { kindOf } from "./session-kind.ts";

const NAME_MAX_LENGTH = 60;
const FACT_MAX_LENGTH = 80;

/** One session, with all that helps to know it. Its heading is `name-` and its number. */
export function SessionAbout({ visit, session, isThis }: SessionShown) {
  const { texts, context } = visit;
  const { accountSessions } = texts;
  const program = programInWords(texts, context.userAgents, session.userAgent);
  const name = session.name ?? session.app?.name ?? session.clientId ?? program;
  return (
    <>
      <h2 id={`name-${session.number}`}>
        <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
        {isThis && <span class="tag">{accountSessions.thisOne}</span>}
      </h2>
      <p class="hint">
        {accountSessions.kinds[kindOf(session)]}
        {session.userAgent !== null && name !== program && (
          <>
            {" · "}
            <ForeignText texts={texts} text={program} maxLength={FACT_MAX_LENGTH} />
          </>
        )}
      </p>
      <Facts visit={visit} session={session} />
    </>
  );
}

export interface SessionShown {
  visit: Visit;
  session: ListedSession;
  /** It is the one that asks. */
  isThis: boolean;
}

function Facts({ visit: { context, texts }, session }: Omit<SessionShown, "isThis">) {
  const { accountSessions, places } = texts;
  const now = context.clock.now();
  return (
    <dl>
      <dt>{places.place}</dt>
      <dd>
        <ForeignText
          texts={texts}
          text={placeInWords(texts, session)}
          maxLength={FACT_MAX_LENGTH}
        />
        {session.network && (
          <>
            {" · "}
            <ForeignText texts={texts} text={session.network} maxLength={FACT_MAX_LENGTH} />
          </>
        )}
      </dd>
      <dt>{accountSessions.last}</dt>
      <dd>
        <Moment texts={texts} at={session.lastUsedAt} now={now} />
      </dd>
      <dt>{accountSessions.first}</dt>
      <dd>
        <Moment texts={texts} at={session.createdAt} now={now} />
      </dd>
      {session.scope !== null && (
        <May texts={texts} scope={session.scope} audience={session.audience} />
      )}
    </dl>
  );
}

function May({ texts, scope, audience }: { texts: Texts; scope: string; audience: string | null }) {
  const split = (list: string | null) => list?.split(" ").filter(Boolean) ?? [];
  const scopes = split(scope);
  return (
    <>
      <dt>{texts.accountSessions.may}</dt>
      <dd>
        <ul>
          {scopes.length === 0 && <li>{texts.scopes.nothing}</li>}
          {scopes.map((each) => (
            <li>
              <ScopeInWords texts={texts} scope={each} />
            </li>
          ))}
          {split(audience).map((resource) => (
            <li>
              <ResourceInWords texts={texts} resource={resource} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}

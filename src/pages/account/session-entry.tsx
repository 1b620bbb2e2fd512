import { Field } from "../form/field.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { SessionAbout, type SessionShown } from "../words/session-about.tsx";

const NAME_MAX_LENGTH = 60;

/** One session, and what its owner can do about it. */
export function SessionEntry(props: SessionShown) {
  const { visit, session, isThis } = props;
  const { accountSessions } = visit.texts;
  return (
    <>
      <SessionAbout {...props} />
      <div class="acts">
        <Rename {...props} />
        {!isThis && (
          <TokenForm visit={visit} action="/account/sessions/end">
            <input type="hidden" name="session" value={session.id} />
            <button
              class="quiet"
              type="submit"
              id={`end-${session.number}`}
              aria-labelledby={`end-${session.number} name-${session.number}`}
            >
              {accountSessions.end}
            </button>
          </TokenForm>
        )}
      </div>
    </>
  );
}

function Rename({ visit, session: { id, name, number } }: SessionShown) {
  const { accountSessions } = visit.texts;
  return (
    <details>
      <summary>{accountSessions.rename}</summary>
      <TokenForm visit={visit} action="/account/sessions/rename">
        <input type="hidden" name="session" value={id} />
        <Field
          label={accountSessions.name}
          hint={accountSessions.nameHint}
          name="name"
          id={`rename-${number}`}
          value={name ?? ""}
          maxlength={NAME_MAX_LENGTH}
          autocomplete="off"
        />
        <button class="quiet" type="submit">
          {accountSessions.saveName}
        </button>
      </TokenForm>
    </details>
  );
}

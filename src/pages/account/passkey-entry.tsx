import type { Passkey } from "../../core/passkey/passkey.ts";
import { Field } from "../form/field.tsx";
import { TokenForm } from "../form/token-form.tsx";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Moment } from "../words/moment.tsx";

const NAME_MAX_LENGTH = 80;

/** One passkey, and the ways to rename and to remove it. */
export function PasskeyEntry(props: PasskeyEntryProps) {
  const { visit, passkey } = props;
  const { context, texts } = visit;
  const words = texts.accountPasskeys;
  const now = context.clock.now();
  const { id, name, isSynced, createdAt, lastUsedAt } = passkey;
  return (
    <>
      <h2 id={`name-${id}`}>
        <ForeignText texts={texts} text={name} maxLength={NAME_MAX_LENGTH} />
      </h2>
      <dl>
        <dt>{words.kept}</dt>
        <dd>{isSynced ? words.synced : words.oneDevice}</dd>
        <dt>{words.added}</dt>
        <dd>
          <Moment texts={texts} at={createdAt} now={now} />
        </dd>
        <dt>{words.lastUsed}</dt>
        <dd>{lastUsedAt ? <Moment texts={texts} at={lastUsedAt} now={now} /> : words.never}</dd>
      </dl>
      <div class="acts">
        <Rename {...props} />
        <TokenForm visit={visit} action="/account/passkeys/remove">
          <input type="hidden" name="passkey" value={id} />
          <button
            class="quiet"
            type="submit"
            id={`remove-${id}`}
            aria-labelledby={`remove-${id} name-${id}`}
          >
            {words.remove}
          </button>
        </TokenForm>
      </div>
    </>
  );
}

interface PasskeyEntryProps {
  visit: Visit;
  passkey: Passkey;
}

function Rename({ visit, passkey: { id, name } }: PasskeyEntryProps) {
  const words = visit.texts.accountPasskeys;
  return (
    <details>
      <summary>{words.rename}</summary>
      <TokenForm visit={visit} action="/account/passkeys/rename">
        <input type="hidden" name="passkey" value={id} />
        <Field
          label={words.name}
          name="name"
          id={`rename-${id}`}
          value={name}
          autocomplete="off"
          required
        />
        <button class="quiet" type="submit">
          {words.saveName}
        </button>
      </TokenForm>
    </details>
  );
}

import type { Key } from "../../core/key/key.ts";
import { momentInWords } from "../../texts/moment-in-words.ts";
import { TokenForm } from "../form/token-form.tsx";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Moment } from "../words/moment.tsx";
import { ScopeInWords } from "../words/scope-in-words.tsx";

const NAME_MAX_LENGTH = 80;

/** One key, without its secret, and the way to delete it. */
export function KeyEntry({ visit, apiKey: key }: { visit: Visit; apiKey: Key }) {
  const { context, texts } = visit;
  const words = texts.accountKeys;
  const now = context.clock.now();
  return (
    <>
      <h2 id={`name-${key.id}`}>
        <ForeignText texts={texts} text={key.name} maxLength={NAME_MAX_LENGTH} />
      </h2>
      <dl>
        <dt>{words.prefix}</dt>
        <dd>
          <code>{key.prefix}</code>
        </dd>
        <dt>{words.may}</dt>
        <dd>
          <ul>
            {key.scopes.map((scope) => (
              <li>
                <ScopeInWords texts={texts} scope={scope} />
              </li>
            ))}
          </ul>
        </dd>
        <dt>{words.made}</dt>
        <dd>
          <Moment texts={texts} at={key.createdAt} now={now} />
        </dd>
        <dt>{words.lastUsed}</dt>
        <dd>
          {key.lastUsedAt ? <Moment texts={texts} at={key.lastUsedAt} now={now} /> : words.never}
        </dd>
        <Expiry visit={visit} expiresAt={key.expiresAt} />
      </dl>
      <div class="acts">
        <TokenForm visit={visit} action="/account/keys/delete">
          <input type="hidden" name="key" value={key.id} />
          <button
            class="quiet"
            type="submit"
            id={`delete-${key.id}`}
            aria-labelledby={`delete-${key.id} name-${key.id}`}
          >
            {words.remove}
          </button>
        </TokenForm>
      </div>
    </>
  );
}

function Expiry({
  visit: { context, texts },
  expiresAt,
}: {
  visit: Visit;
  expiresAt: Date | null;
}) {
  const { expired, expires, neverExpires } = texts.accountKeys;
  const now = context.clock.now();
  const isOver = expiresAt !== null && expiresAt <= now;
  return (
    <>
      <dt>{isOver ? expired : expires}</dt>
      <dd>
        {expiresAt ? (
          <time datetime={expiresAt.toISOString()}>{momentInWords(texts.time, expiresAt)}</time>
        ) : (
          neverExpires
        )}
      </dd>
    </>
  );
}

import type { IssuedKey } from "../../core/key/issue-key.ts";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { accountPage } from "./account-page.tsx";

const NAME_MAX_LENGTH = 80;

/** Shows a new key, this once. */
export function createdKeyPage(visit: Visit, { key, secret }: IssuedKey): Promise<Response> {
  const { title, what, done } = visit.texts.accountKeys.created;
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <p>
        <strong>
          <ForeignText texts={visit.texts} text={key.name} maxLength={NAME_MAX_LENGTH} />
        </strong>
      </p>
      <textarea class="secret" readonly rows={2} aria-label={title}>
        {secret}
      </textarea>
      <p>
        <a class="button" href="/account/keys">
          {done}
        </a>
      </p>
    </>,
  );
}

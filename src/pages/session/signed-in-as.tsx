import type { Caller } from "../../core/caller/caller.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";

/** Whose account this is about, and the way out for everyone else, who then comes back here. */
export function SignedInAs({ texts, caller, formToken, returnPath }: SignedInAsProps) {
  return (
    <div class="who">
      <p>
        <Sentence
          of={texts.shell.signedInAs}
          email={
            <ForeignText texts={texts} text={caller.account.email} maxLength={EMAIL_MAX_LENGTH} />
          }
        />
      </p>
      <form method="post" action="/signout">
        <input type="hidden" name="csrf" value={formToken} />
        {returnPath && <input type="hidden" name="return_to" value={returnPath} />}
        <button type="submit">{texts.shell.signOut}</button>
      </form>
    </div>
  );
}

interface SignedInAsProps {
  texts: Texts;
  caller: Caller;
  formToken: string;
  /** Where to go on as somebody else. */
  returnPath?: string;
}

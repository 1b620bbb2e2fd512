import type { Caller } from "../core/session/session.ts";
import { ForeignText } from "./foreign-text.tsx";

/** Whose account this is about, and the way out for everyone else, who then comes back here. */
export function SignedInAs({ caller, formToken, returnPath }: SignedInAsProps) {
  return (
    <div class="who">
      <p>
        Signed in as <ForeignText text={caller.account.email} maxLength={254} />
      </p>
      <form method="post" action="/signout">
        <input type="hidden" name="csrf" value={formToken} />
        {returnPath && <input type="hidden" name="return_to" value={returnPath} />}
        <button type="submit">Not you? Sign out</button>
      </form>
    </div>
  );
}

interface SignedInAsProps {
  caller: Caller;
  formToken: string;
  /** Where to go on as somebody else. */
  returnPath?: string;
}

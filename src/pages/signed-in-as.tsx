import type { Caller } from "../core/session/session.ts";
import { ForeignText } from "./foreign-text.tsx";

/** Whose account this is about, and the way out for everyone else. */
export function SignedInAs({ caller, formToken }: { caller: Caller; formToken: string }) {
  return (
    <div class="who">
      <p>
        Signed in as <ForeignText text={caller.account.email} maxLength={254} />
      </p>
      <form method="post" action="/signout">
        <input type="hidden" name="csrf" value={formToken} />
        <button type="submit">Not you? Sign out</button>
      </form>
    </div>
  );
}

import { AccountForm } from "./account-form.tsx";
import type { Visit } from "./visit.ts";

/** For who cannot find the mail with the link to confirm their address, or whose link is too old. */
export function ConfirmAgain({ visit }: { visit: Visit }) {
  return (
    <AccountForm visit={visit} action="/account/security/email/again">
      <button type="submit">{visit.texts.accountEmail.again}</button>
    </AccountForm>
  );
}

import { TokenForm } from "../form/token-form.tsx";
import type { Visit } from "../session/visit.ts";

/** For who cannot find the mail with the link to confirm their address, or whose link is too old. */
export function ConfirmAgain({ visit }: { visit: Visit }) {
  return (
    <TokenForm visit={visit} action="/account/security/email/again">
      <button type="submit">{visit.texts.accountEmail.again}</button>
    </TokenForm>
  );
}

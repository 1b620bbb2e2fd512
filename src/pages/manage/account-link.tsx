import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import type { Texts } from "../../texts/texts.ts";
import { ForeignText } from "../words/foreign-text.tsx";

/** The page of an account. */
export function accountPath(accountId: string): string {
  return `/manage/accounts/${accountId}`;
}

/** An account's address, which leads to its page. */
export function AccountLink({ texts, account: { id, email } }: AccountLinkProps) {
  return (
    <a href={accountPath(id)}>
      <ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />
    </a>
  );
}

interface AccountLinkProps {
  texts: Texts;
  account: { id: string; email: string };
}

import type { PropsWithChildren } from "hono/jsx";
import type { Visit } from "./visit.ts";

/** A form of an account page, with the token that every one of them has to show. */
export function AccountForm({ visit, action, children }: PropsWithChildren<AccountFormProps>) {
  return (
    <form method="post" action={action ?? visit.page}>
      <input type="hidden" name="csrf" value={visit.formToken} />
      {children}
    </form>
  );
}

interface AccountFormProps {
  visit: Visit;
  /** The page itself unless told. */
  action?: string;
}

import type { PropsWithChildren } from "hono/jsx";
import type { Visit } from "../session/visit.ts";

/** A form for whoever is signed in, with the token that every one of them has to show. */
export function TokenForm({ visit, action, children }: PropsWithChildren<TokenFormProps>) {
  return (
    <form method="post" action={action ?? visit.page}>
      <input type="hidden" name="csrf" value={visit.formToken} />
      {children}
    </form>
  );
}

interface TokenFormProps {
  visit: Visit;
  /** The page itself unless told. */
  action?: string;
}

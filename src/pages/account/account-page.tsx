import type { Child } from "hono/jsx";
import type { Texts } from "../../texts/texts.ts";
import type { PageHead } from "../frame/page.tsx";
import { signedInPage } from "../session/signed-in-page.tsx";
import type { Visit } from "../session/visit.ts";

/** A page of the account, with the way to all others and whose it is. */
export function accountPage(visit: Visit, head: PageHead, body: Child): Promise<Response> {
  const { texts, page } = visit;
  const nav = <AccountNav texts={texts} current={page} />;
  return signedInPage(visit, { ...head, nav, notices: texts.account.done }, body);
}

/** Pages that stand beside the one they belong to, and not below it. */
const BELONGS_TO: Readonly<Record<string, string>> = { "/account/passkeys": "/account/security" };

function AccountNav({ texts, current }: { texts: Texts; current: string }) {
  const section = BELONGS_TO[current] ?? current.split("/").slice(0, 3).join("/");
  return (
    <nav aria-label={texts.account.nav}>
      <ul>
        {Object.entries(texts.account.pages).map(([path, name]) => (
          <li>
            <a href={path} {...(path === section && { "aria-current": "page" })}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

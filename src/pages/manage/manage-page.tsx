import type { Child } from "hono/jsx";
import type { Texts } from "../../texts/texts.ts";
import type { PageHead } from "../frame/page.tsx";
import { signedInPage } from "../session/signed-in-page.tsx";
import type { Visit } from "../session/visit.ts";

/** A page of an administrator, with the way to the search and to their own account. */
export function managePage(visit: Visit, head: PageHead, body: Child): Promise<Response> {
  const { texts, page } = visit;
  const nav = <ManageNav texts={texts} />;
  return signedInPage(visit, { ...head, nav, notices: texts.manage.done, returnPath: page }, body);
}

function ManageNav({ texts: { manage, shell } }: { texts: Texts }) {
  return (
    <nav aria-label={manage.nav}>
      <ul>
        <li>
          <a href="/manage" aria-current="page">
            {manage.title}
          </a>
        </li>
        <li>
          <a href="/account">{shell.account}</a>
        </li>
      </ul>
    </nav>
  );
}

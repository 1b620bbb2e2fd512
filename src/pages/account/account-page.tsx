import type { Child } from "hono/jsx";
import type { Texts } from "../../texts/texts.ts";
import { type PageHead, page } from "../page.tsx";
import { SignedInAs } from "../signed-in-as.tsx";
import { noticeOn } from "./notice.ts";
import type { Visit } from "./visit.ts";

/** A page of the account, with the way to all others and whose it is. */
export function accountPage(visit: Visit, head: PageHead, body: Child): Promise<Response> {
  const { http, caller, texts, formToken } = visit;
  const notice = noticeOn(visit);
  return page(
    http,
    { ...head, nav: <AccountNav texts={texts} current={visit.page} /> },
    <>
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      {body}
      <SignedInAs texts={texts} caller={caller} formToken={formToken} />
    </>,
  );
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

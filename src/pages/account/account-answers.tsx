import type { Handler, Context as HttpContext } from "hono";
import { Refused } from "../../core/refused.ts";
import { refuseStale } from "../../core/session/refuse-stale.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { type Form, formPost } from "../form-post.ts";
import { holdsFormToken } from "../form-token.ts";
import { noteRefusal } from "../note-refusal.ts";
import { signInPath } from "../return-to.ts";
import { seeOther } from "../see-other.ts";
import { accountPage } from "./account-page.tsx";
import { beginVisit, type Visit } from "./visit.ts";

type Show = (visit: Visit) => Promise<Response>;
type Act = (visit: Visit, form: Form) => Promise<Response>;

/** What is answered under one path. A path without a page of its own leads to the one above it. */
export interface AccountAnswers {
  GET?: Show;
  /** What even an old sign-in may do. Like every form here, it has to show its token. */
  POST?: Act;
  /**
   * In place of `POST`: takes a sign-in of the last ten minutes, and so does the page that shows its
   * form. ASVS 7.5.1.
   */
  SENSITIVE?: Act;
}

/** The handlers of a path. Nothing is mounted but through them: what they ask for cannot be forgotten. */
export function accountHandlers(
  path: string,
  { GET, POST, SENSITIVE }: AccountAnswers,
): { GET: Handler<AppEnv>; POST?: Handler<AppEnv> } {
  const page = GET ? path : path.slice(0, path.lastIndexOf("/"));
  const isSensitive = SENSITIVE !== undefined;
  const act = SENSITIVE ?? POST;
  return {
    async GET(http) {
      const visit = await enter(http, page, isSensitive);
      if (visit instanceof Response) {
        return visit;
      }
      return GET ? GET(visit) : seeOther(http, page);
    },
    ...(act && {
      POST: formPost(async (http, form) => {
        const visit = await enter(http, page, isSensitive);
        if (visit instanceof Response) {
          return visit;
        }
        const { context, caller } = visit;
        const isOurs = await holdsFormToken(context, caller.session.id, form.csrf);
        return isOurs ? act(visit, form) : lapsedForm(visit);
      }),
    }),
  };
}

/** The visit, or the way to the sign-in page, which leads back here with a session that is fresh. */
async function enter(
  http: HttpContext<AppEnv>,
  page: string,
  isSensitive: boolean,
): Promise<Visit | Response> {
  const visit = await beginVisit(http, page);
  const stale = visit && isSensitive ? refuseStale(visit.context, visit.caller) : null;
  if (stale) {
    noteRefusal(http, stale);
  }
  return visit && !stale ? visit : seeOther(http, signInPath(page));
}

function lapsedForm(visit: Visit): Promise<Response> {
  noteRefusal(visit.http, new Refused("cross_site"));
  const { title, whatToDo, again } = visit.texts.account.lapsed;
  return accountPage(
    visit,
    { title, status: 403 },
    <>
      <h1>{title}</h1>
      <p>{whatToDo}</p>
      <p>
        <a href={visit.page}>{again}</a>
      </p>
    </>,
  );
}

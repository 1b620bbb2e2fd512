import type { Handler, Context as HttpContext } from "hono";
import type { Child } from "hono/jsx";
import { refuseStale } from "../../core/caller/refuse-stale.ts";
import { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { type Form, formPost } from "../form/form-post.ts";
import { holdsFormToken } from "../form/form-token.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import type { PageHead } from "../frame/page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { beginVisit, type Visit } from "./visit.ts";

type Http = HttpContext<AppEnv>;

type Show<V extends Visit> = (visit: V) => Promise<Response>;
type Act<V extends Visit> = (visit: V, form: Form) => Promise<Response>;

/** What is answered under one path. A path without a page of its own leads to the one above it. */
export interface VisitAnswers<V extends Visit> {
  GET?: Show<V>;
  /** What even an old sign-in may do. Like every form here, it has to show its token. */
  POST?: Act<V>;
  /**
   * In place of `POST`: takes a sign-in of the last ten minutes, and so does the page that shows its
   * form. ASVS 7.5.1.
   */
  SENSITIVE?: Act<V>;
}

/** Pages for the same people. */
export interface Section<V extends Visit> {
  /** The visit as these pages take it, or what whoever may not come in is told. */
  admit(visit: Visit): Promise<V | Response>;
  layOut(visit: Visit, head: PageHead, body: Child): Promise<Response>;
}

/** The handlers of a path. Nothing is mounted but through them: what they ask for cannot be forgotten. */
export function visitHandlers<V extends Visit>(
  path: string,
  { GET, POST, SENSITIVE }: VisitAnswers<V>,
  section: Section<V>,
): { GET: Handler<AppEnv>; POST?: Handler<AppEnv> } {
  const pattern = GET ? path : path.slice(0, path.lastIndexOf("/"));
  const isSensitive = SENSITIVE !== undefined;
  const act = SENSITIVE ?? POST;
  const come = (http: Http) => enter(http, pathLike(pattern, http), section, isSensitive);
  return {
    async GET(http) {
      const visit = await come(http);
      if (visit instanceof Response) {
        return visit;
      }
      return GET ? GET(visit) : seeOther(http, visit.page);
    },
    ...(act && {
      POST: formPost(async (http, form) => {
        const visit = await come(http);
        if (visit instanceof Response) {
          return visit;
        }
        const { context, caller } = visit;
        const isOurs = await holdsFormToken(context, caller.session.id, form.csrf);
        return isOurs ? act(visit, form) : lapsedForm(visit, section);
      }),
    }),
  };
}

/** A path of this pattern, with what stands in the one that was asked for. */
function pathLike(pattern: string, { req }: Http): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(req.param(name) ?? ""));
}

/** The visit, or the way to the sign-in page, which leads back here with a session that is fresh. */
async function enter<V extends Visit>(
  http: Http,
  page: string,
  { admit }: Section<V>,
  isSensitive: boolean,
): Promise<V | Response> {
  const visit = await beginVisit(http, page);
  if (!visit) {
    return seeOther(http, signInPath(page));
  }
  // Whom the page is closed to is not sent to sign in for it.
  const admitted = await admit(visit);
  const stale = isSensitive ? refuseStale(visit.context, visit.caller) : null;
  if (admitted instanceof Response || !stale) {
    return admitted;
  }
  noteRefusal(http, stale);
  return seeOther(http, signInPath(page));
}

function lapsedForm<V extends Visit>(visit: Visit, { layOut }: Section<V>): Promise<Response> {
  noteRefusal(visit.http, new Refused("cross_site"));
  const { title, whatToDo, again } = visit.texts.account.lapsed;
  return layOut(
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

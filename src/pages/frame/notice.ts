import type { Texts } from "../../texts/texts.ts";
import type { Visit } from "../session/visit.ts";
import { seeOther } from "./see-other.ts";

/** What was done, by name, and what a page says of it. */
export type Notices = Readonly<Record<string, string>>;

type Done = keyof Texts["account"]["done"] | keyof Texts["manage"]["done"];

/** Leads to a page that then says what was done. Posting again is harmless: nothing is posted there. */
export function seeDone({ http }: Visit, path: string, done: Done): Response {
  return seeOther(http, `${path}?done=${done}`);
}

/**
 * What was just done, on the page that followed from it. A link from elsewhere says nothing: it could
 * frighten people with what never happened.
 */
export function noticeOn({ http: { req } }: Visit, notices: Notices): string | null {
  const done = req.query("done") ?? "";
  const site = req.header("sec-fetch-site") ?? "same-origin";
  const isOurs = req.method === "GET" && site === "same-origin" && Object.hasOwn(notices, done);
  return isOurs ? (notices[done] ?? null) : null;
}

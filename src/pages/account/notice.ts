import type { Texts } from "../../texts/texts.ts";
import { seeOther } from "../see-other.ts";
import type { Visit } from "./visit.ts";

type Done = keyof Texts["account"]["done"];

/** Leads to a page that then says what was done. Posting again is harmless: nothing is posted there. */
export function seeDone({ http }: Visit, path: string, done: Done): Response {
  return seeOther(http, `${path}?done=${done}`);
}

/**
 * What was just done, on the page that followed from it. A link from elsewhere says nothing: it could
 * frighten people with what never happened.
 */
export function noticeOn({ http: { req }, texts }: Visit): string | null {
  const notices: Readonly<Record<string, string>> = texts.account.done;
  const done = req.query("done") ?? "";
  const site = req.header("sec-fetch-site") ?? "same-origin";
  const isOurs = req.method === "GET" && site === "same-origin" && Object.hasOwn(notices, done);
  return isOurs ? (notices[done] ?? null) : null;
}

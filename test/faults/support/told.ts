import type { Page } from "../../support/browser.ts";
import type { Answer } from "../../support/service.ts";
import { redact } from "./redact.ts";

/** What whoever asked is told, with what is different every time by its form. */
export interface Told {
  status: number | string;
  says: unknown;
  retryAfter: string | null;
  /** What it hands out that opens something. */
  tokens: readonly string[];
}

/** Access tokens, refresh tokens and keys of every contract, and the cookie of our pages. */
const TOKEN =
  /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+|\b\d+\|[\w-]{40,}|\b(?:plnx|crdbl|plpt|lk)_rt_[\w-]{70}|\b(?:plnx_live|lnchr_sk)_\w{38}\b|(?<=\blatchkey=)[\w.-]{40,}/g;

export function told({ status, headers, body }: Answer<unknown>): Told {
  const says = { body, location: headers.get("location"), cookies: headers.getSetCookie() };
  return toldOf(status, says, headers, JSON.stringify(body));
}

export function toldOnPage({ status, headers, title, lines, location, source }: Page): Told {
  const says = { title, lines, location, cookies: headers.getSetCookie() };
  return toldOf(status, says, headers, source);
}

function toldOf(status: number, says: object, headers: Headers, text: string): Told {
  const where = [text, headers.get("location") ?? "", ...headers.getSetCookie()].join("\n");
  return {
    status,
    says: redact(says),
    retryAfter: headers.get("retry-after"),
    tokens: where.match(TOKEN) ?? [],
  };
}

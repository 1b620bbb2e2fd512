import { Problem } from "../problem.ts";
import { isLoopback } from "./is-loopback.ts";

/** What an answer brings: it must not stand there before. RFC 6749 §4.1.2, RFC 9207. */
const ANSWERS = ["code", "state", "iss", "error", "error_description", "error_uri"];

/**
 * Where a code may be sent: https, http on a loopback address, or an app's own scheme, which has a dot
 * in it (RFC 8252 §7). Kept as it was given, as it is compared letter by letter, and written as it is
 * read: nothing in it may be read otherwise by a browser.
 */
export function readRedirectUri(given: string): string {
  const url = URL.parse(given);
  const isPlain = /^https?:\/\/[^/\\@*?]+(?:[/?]|$)/.test(given);
  const isOurs =
    (url?.protocol === "https:" && isPlain) ||
    (url?.protocol === "http:" && isPlain && isLoopback(url)) ||
    url?.protocol.includes(".");
  // RFC 3986 §2: what is not in it is written with a percent sign.
  const isClean =
    /^[!$-;=?-Z[\]_a-z~]+$/.test(given) &&
    url?.username === "" &&
    !ANSWERS.some((name) => url.searchParams.has(name));
  if (!isOurs || !isClean) {
    throw new Problem(
      `${JSON.stringify(given)} is not a redirect URI.`,
      "Give one with https, with http on 127.0.0.1, [::1] or localhost, or with an app's scheme such as com.example.app:/callback; no user, no fragment, and no parameter that an answer brings.",
    );
  }
  return given;
}

import { Problem } from "../problem.ts";
import { isLoopback } from "./is-loopback.ts";

/**
 * Where a code may be sent: https, http on a loopback address, or an app's own scheme, which has a dot
 * in it (RFC 8252 §7). Kept as it was given, as it is compared letter by letter.
 */
export function readRedirectUri(given: string): string {
  const url = URL.parse(given);
  const isOurs =
    url?.protocol === "https:" ||
    (url?.protocol === "http:" && isLoopback(url)) ||
    url?.protocol.includes(".");
  if (!isOurs || /[#\s]/.test(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a redirect URI.`,
      "Give one with https, with http on 127.0.0.1, or with an app's scheme such as com.example.app:/callback, and no fragment.",
    );
  }
  return given;
}

import { Problem } from "../problem.ts";
import { isLoopback } from "./is-loopback.ts";

/**
 * The address of a site as it is stored: without a slash at its end. Refuses whatever a mailed token
 * must not go to, or a path cannot be put behind.
 */
export function readSite(given: string): string {
  const wrong = whatIsWrong(given);
  if (wrong !== null) {
    throw new Problem(
      `${JSON.stringify(given)} ${wrong}.`,
      "Give the site's root, such as --url https://studio.example.com",
    );
  }
  const { origin, pathname } = new URL(given);
  return `${origin}${pathname}`.replace(/\/+$/, "");
}

function whatIsWrong(given: string): string | null {
  const url = URL.parse(given);
  if (!url) {
    return "is not an address";
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
    return "is neither https nor on a loopback address";
  }
  if (/[?#]/.test(given)) {
    return "has a query or a fragment";
  }
  return url.username || url.password ? "has a name or password in it" : null;
}

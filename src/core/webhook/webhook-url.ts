import { isLoopback } from "../is-loopback.ts";

const NOT_PUBLIC = /(^|\.)(localhost|local|internal|lan|home\.arpa|test|invalid|onion)$/;
const IS_ADDRESS = /^(\[.*\]|[\d.]+)$/;

/**
 * What is wrong with an address that events are to be sent to, as the end of a sentence; null for none.
 * Whoever enters one must not have the service call what only the service reaches: an address has to be
 * https, by a name that the public can look up. In development it may be http on this machine.
 */
export function problemOfWebhookUrl(given: string, development: boolean): string | null {
  const url = URL.parse(given);
  if (!url) {
    return "is not an address";
  }
  const host = url.hostname;
  // A dot at the end, or two: a name that resolvers read as another, and the rules below as none of theirs.
  if (host.split(".").includes("")) {
    return "has a name with a dot too many";
  }
  if (url.username || url.password) {
    return "has a name or password in it";
  }
  if (url.hash) {
    return "has a fragment";
  }
  if (development && isLoopback(host) && ["http:", "https:"].includes(url.protocol)) {
    return null;
  }
  if (url.protocol !== "https:") {
    return "is not https";
  }
  if (IS_ADDRESS.test(host)) {
    return "names a machine by its number";
  }
  return !host.includes(".") || NOT_PUBLIC.test(host) ? "is not public" : null;
}

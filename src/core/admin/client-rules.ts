import { DEVICE_CODE_GRANT } from "../client/client.ts";
import type { FieldIssue } from "../refused.ts";
import type { NewClient } from "./client-records.ts";

/** Redirect URIs that a client has at most, and resources. */
export const MOST_URIS = 20;
/** Characters of each. */
export const LONGEST_URI = 2048;

/** What an answer brings: it must not stand there before. RFC 6749 §4.1.2, RFC 9207. */
const ANSWERS = ["code", "state", "iss", "error", "error_description", "error_uri"];
/** RFC 3986 §2: what is not in it is written with a percent sign. No fragment. */
const CLEAN = /^[!$-;=?-Z[\]_a-z~]+$/;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Where a code may be sent: https, http on a loopback address, or an app's own scheme, which has a dot
 * in it (RFC 8252 §7). It is compared letter by letter, and written as it is read: nothing in it may be
 * read otherwise by a browser.
 */
export function isRedirectUri(given: string): boolean {
  const url = URL.parse(given);
  const isPlain = /^https?:\/\/[^/\\@*?]+(?:[/?]|$)/.test(given);
  const isOurs =
    (url?.protocol === "https:" && isPlain) ||
    (url?.protocol === "http:" && isPlain && LOOPBACK.includes(url.hostname)) ||
    url?.protocol.includes(".") === true;
  return (
    isOurs &&
    CLEAN.test(given) &&
    url?.username === "" &&
    !ANSWERS.some((name) => url.searchParams.has(name))
  );
}

/** An API as its tokens name it: an absolute URI without a fragment. RFC 8707 §2. */
export function isResource(given: string): boolean {
  const isNamed = URL.canParse(given) && /^(?:https?:\/\/[^/\\@]|urn:)/.test(given);
  return isNamed && CLEAN.test(given);
}

/** Tokens of a contract name it as their client: none may be called so. */
export const CONTRACT_NAMES: readonly string[] = [
  "admin",
  "credebl",
  "lnchr",
  "oauth",
  "pages",
  "pionne",
  "planasonix",
  "planpoint",
];

/** That a field of a client does not go with the rest. */
export interface Contradiction extends FieldIssue {
  field: "first_party" | "same_place" | "grants" | "confidential" | "redirect_uris";
}

/** What does not go together in a client. Empty where all does. */
export function contradictionsIn(client: NewClient): Contradiction[] {
  const { grants, redirectUris, isConfidential, isFirstParty, samePlace } = client;
  const problems: Contradiction[] = [];
  const unless = (isRight: boolean, field: Contradiction["field"], issue: string) =>
    isRight || problems.push({ field, issue });
  // Nobody can tell which program listens there: RFC 8252 §8.6.
  unless(
    !isFirstParty || redirectUris.every((uri) => uri.startsWith("https:")),
    "first_party",
    "takes redirect URIs with https alone",
  );
  unless(
    samePlace === null || grants.includes(DEVICE_CODE_GRANT),
    "same_place",
    "is about the device code grant",
  );
  unless(
    grants.length !== 1 || grants[0] !== "refresh_token",
    "grants",
    "must have one that refresh_token goes on with",
  );
  // An API that only asks what a token is: RFC 7662.
  unless(
    grants.length > 0 || isConfidential,
    "confidential",
    "must be true for a client without grants, which can only introspect",
  );
  // RFC 6749 §4.4: without a secret anyone could claim to be it.
  unless(
    !grants.includes("client_credentials") || isConfidential,
    "confidential",
    "must be true for client_credentials",
  );
  unless(
    grants.includes("authorization_code") === redirectUris.length > 0,
    "redirect_uris",
    "must be there with authorization_code, and not without it",
  );
  return problems;
}

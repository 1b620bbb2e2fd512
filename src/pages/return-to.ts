/** Where people enter user codes: the page to come back to unless told otherwise. */
const DEVICE = "/device";
/** Where an authorization request goes on. */
const CONSENT = "/oauth/consent";
/** Longer than any way to type a code. */
const USER_CODE_MAX_LENGTH = 32;
/** A sealed request in base64url, as long as a form still takes. */
const SEALED = /^[A-Za-z0-9_-]{1,15000}$/;
/** Stands for this service while a path is read; nothing resolves to it. */
const HERE = "https://here.invalid";

/**
 * The page to go on to after signing in. Only what it is asked for is read from `asked`: the path
 * that leaves here is always put together anew, so nothing in it can lead to another site.
 */
export function returnTo(asked: string | undefined): string {
  const sealed = sealedRequestIn(asked);
  return sealed ? consentPath(sealed) : devicePath(queryOf(asked, DEVICE)?.get("user_code"));
}

/** The device page, with the code that was brought along if it could be one. */
export function devicePath(userCode: string | null | undefined): string {
  const isPlausible = userCode?.isWellFormed() && userCode.length <= USER_CODE_MAX_LENGTH;
  return userCode && isPlausible ? `${DEVICE}?user_code=${encodeURIComponent(userCode)}` : DEVICE;
}

/** The page that goes on with a sealed authorization request. */
export function consentPath(sealed: string): string {
  return `${CONSENT}?request=${sealed}`;
}

/** The sealed authorization request that a path goes on with, if it could be one. */
export function sealedRequestIn(path: string | undefined): string | null {
  const sealed = queryOf(path, CONSENT)?.get("request") ?? "";
  return SEALED.test(sealed) ? sealed : null;
}

/** The sign-in page that leads on to `path`, which is one that was put together here. */
export function signInPath(path: string): string {
  return `/signin?return_to=${encodeURIComponent(path)}`;
}

/** What an address asks of one of our pages; null where it leads to another, or elsewhere. */
function queryOf(asked: string | undefined, pathname: string): URLSearchParams | null {
  const url = asked?.startsWith("/") ? URL.parse(asked, HERE) : null;
  return url?.origin === HERE && url.pathname === pathname ? url.searchParams : null;
}

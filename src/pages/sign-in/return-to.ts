/** Where people see to their own account: the page to come to unless told otherwise. */
const ACCOUNT = "/account";
/** The account page or one of those below it, in nothing but letters. */
const ACCOUNT_PAGE = /^\/account(\/[a-z-]{1,40}){0,2}$/;
/** Where administrators see to other people's. */
const MANAGE = "/manage";
/** The page to search on, that of an account, or one below that. */
const MANAGE_PAGE =
  /^\/manage(\/accounts\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/[a-z-]{1,40})?)?$/;
/** Where a link that was mailed to a new address is used, by whoever is signed in. */
const EMAIL_CHANGE = "/account/email/confirm";
/** The token of a mailed link. */
const MAILED = /^[A-Za-z0-9_-]{1,100}$/;
/** Where people enter user codes. */
const DEVICE = "/device";
/** Where an authorization request goes on. */
const CONSENT = "/oauth/consent";
/** Longer than any way to type a code. */
const USER_CODE_MAX_LENGTH = 32;
/** A sealed request in base64url, as long as a form still takes. */
const SEALED = /^[A-Za-z0-9_-]{1,15000}$/;
/** Stands for this service while a path is read; nothing resolves to it. */
const HERE = "https://here.invalid";

/** The pages that lead on to another one once somebody is signed in. */
type PageOnTheWay = "/signin" | "/signin/mail" | "/forgot" | "/register";

/**
 * The page to go on to after signing in. Only what it is asked for is read from `asked`: the path
 * that leaves here is always put together anew, so nothing in it can lead to another site.
 */
export function returnTo(asked: string | undefined): string {
  const sealed = sealedRequestIn(asked);
  if (sealed) {
    return consentPath(sealed);
  }
  const url = ownUrl(asked);
  if (url?.pathname === DEVICE) {
    return devicePath(url.searchParams.get("user_code"));
  }
  if (url?.pathname === EMAIL_CHANGE) {
    return emailChangePath(url.searchParams.get("token"));
  }
  const isPage = url && (ACCOUNT_PAGE.test(url.pathname) || MANAGE_PAGE.test(url.pathname));
  return isPage ? url.pathname : ACCOUNT;
}

/** The page of a mailed link that gives an account another address. */
export function emailChangePath(token: string | null): string {
  return token && MAILED.test(token) ? `${EMAIL_CHANGE}?token=${token}` : ACCOUNT;
}

/** Whether a path leads to a page that may ask for a fresh sign-in: those below the first of their kind. */
export function isSensitive(returnPath: string): boolean {
  return [ACCOUNT, MANAGE].some((first) => returnPath.startsWith(`${first}/`));
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
  const url = ownUrl(path);
  const sealed = (url?.pathname === CONSENT && url.searchParams.get("request")) || "";
  return SEALED.test(sealed) ? sealed : null;
}

/** A page that leads on to `path`, which is one that was put together here. */
export function onTheWayTo(path: string, page: PageOnTheWay): string {
  return path === ACCOUNT ? page : `${page}?return_to=${encodeURIComponent(path)}`;
}

/** The sign-in page that leads on to `path`. */
export function signInPath(path: string): string {
  return onTheWayTo(path, "/signin");
}

/** What an address stands for among our own pages; null where it leads elsewhere. */
function ownUrl(asked: string | undefined): URL | null {
  const url = asked?.startsWith("/") ? URL.parse(asked, HERE) : null;
  return url?.origin === HERE ? url : null;
}

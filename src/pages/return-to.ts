/** Where people enter user codes: the one page to come back to after signing in. */
const DEVICE = "/device";
/** Longer than any way to type a code. */
const USER_CODE_MAX_LENGTH = 32;
/** Stands for this service while a path is read; nothing resolves to it. */
const HERE = "https://here.invalid";

/**
 * The page to go on to after signing in. Only what it is asked for is read from `asked`: the path
 * that leaves here is always put together anew, so nothing in it can lead to another site.
 */
export function returnTo(asked: string | undefined): string {
  const url = asked?.startsWith("/") ? URL.parse(asked, HERE) : null;
  const isDevice = url?.origin === HERE && url.pathname === DEVICE;
  return devicePath(isDevice ? url.searchParams.get("user_code") : null);
}

/** The device page, with the code that was brought along if it could be one. */
export function devicePath(userCode: string | null | undefined): string {
  const isPlausible = userCode?.isWellFormed() && userCode.length <= USER_CODE_MAX_LENGTH;
  return userCode && isPlausible ? `${DEVICE}?user_code=${encodeURIComponent(userCode)}` : DEVICE;
}

/** The sign-in page that leads on to `path`, which is one that `returnTo` or `devicePath` gave. */
export function signInPath(path: string): string {
  return `/signin?return_to=${encodeURIComponent(path)}`;
}

/** An origin that a policy can name, and none that could say more in it. */
const HOST_SOURCE = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/i;

/**
 * Where the forms of a page may lead, beside here, as a source of `form-action`: browsers hold a form
 * to it on every redirect that follows. No more than the origin of a registered redirect URI; its
 * scheme for those that have none, and for `[::1]`, which a policy cannot name (CSP3 §2.3.1).
 */
export function formTarget(redirectUri: string): string | null {
  const url = URL.parse(redirectUri);
  if (!url) {
    return null;
  }
  return HOST_SOURCE.test(url.origin) ? url.origin : url.protocol;
}

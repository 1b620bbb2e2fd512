/**
 * Where the forms of a page may lead, beside here, as a source of `form-action`. Browsers hold a form
 * to it on every redirect that follows, also on those of the client's own callback, which may lead on
 * to another of its hosts: so the scheme is named, and `http:` only where the client is on it.
 */
export function formTarget(redirectUri: string): string | null {
  const protocol = URL.parse(redirectUri)?.protocol ?? null;
  return protocol === "http:" ? "http: https:" : protocol;
}

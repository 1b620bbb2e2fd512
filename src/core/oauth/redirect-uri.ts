import type { Client } from "../client/client.ts";

/** A loopback address as a literal; `localhost` could be resolved elsewhere. RFC 8252 §8.3. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?(?=[/?]|$)/;
const HIGHEST_PORT = 65_535;

/**
 * Whether a redirect URI is one that the client registered, to the letter. Only the port of a loopback
 * address is free, as a program listens on whichever one it gets. RFC 9700 §4.1.3, RFC 8252 §7.3.
 */
export function isRegisteredRedirect({ redirectUris }: Client, redirectUri: string): boolean {
  const asked = withoutLoopbackPort(redirectUri);
  return redirectUris.some(
    (registered) => registered === redirectUri || withoutLoopbackPort(registered) === asked,
  );
}

function withoutLoopbackPort(uri: string): string {
  return uri.replace(LOOPBACK, (whole, origin: string, port?: string) =>
    port === undefined || Number(port) <= HIGHEST_PORT ? origin : whole,
  );
}

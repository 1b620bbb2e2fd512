/**
 * Whose an access token is and which session it belongs to, as it says itself. It came from Latchkey just
 * now and goes back there: nobody is let in by it here.
 */
export function ownClaims(accessToken: string): { accountId: string; sessionId: string } {
  const [, payload = ""] = accessToken.split(".");
  const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const { sub, sid } = JSON.parse(text) as Record<string, unknown>;
  return { accountId: String(sub), sessionId: String(sid) };
}

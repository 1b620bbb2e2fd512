import type { Context } from "../../core/ports.ts";

const PURPOSE = "page-form";

/**
 * Proof that a form was handed out to this session. It stands beside the check of the origin, so
 * that neither has to be without a gap. OWASP CSRF cheat sheet, "Signed double-submit".
 */
export function formTokenFor({ sealer }: Context, sessionId: string): Promise<string> {
  return sealer.sign(PURPOSE, new TextEncoder().encode(sessionId));
}

/** False for a token of another session, a forged one and none at all. */
export async function holdsFormToken(
  { sealer }: Context,
  sessionId: string,
  token: string | undefined,
): Promise<boolean> {
  const content = token ? await sealer.verify(PURPOSE, token) : null;
  return content !== null && new TextDecoder().decode(content) === sessionId;
}

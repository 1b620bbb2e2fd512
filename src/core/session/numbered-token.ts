import type { Sealer } from "../ports.ts";
import type { Session } from "./session.ts";

const PURPOSE = "session-token";
const SEPARATOR = "|";

/** `<session number>|<secret>`: the secret names the session under a signature. */
export async function numberedTokenFor(
  sealer: Sealer,
  { id, number }: Pick<Session, "id" | "number">,
): Promise<string> {
  const secret = await sealer.sign(PURPOSE, content(String(number), id));
  return `${number}${SEPARATOR}${secret}`;
}

/** The session's id; null for everything that was not issued here. */
export async function readNumberedToken(sealer: Sealer, token: string): Promise<string | null> {
  const [number, secret, ...rest] = token.split(SEPARATOR);
  if (!number || !secret || rest.length > 0) {
    return null;
  }
  const signed = await sealer.verify(PURPOSE, secret);
  const [ownNumber, sessionId] = signed ? new TextDecoder().decode(signed).split(" ") : [];
  return ownNumber === number ? (sessionId ?? null) : null;
}

function content(number: string, sessionId: string): Uint8Array {
  return new TextEncoder().encode(`${number} ${sessionId}`);
}

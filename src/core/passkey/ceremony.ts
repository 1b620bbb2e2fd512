import type { Context } from "../ports.ts";

/** Five minutes to begin, and as long again for the person to find and unlock an authenticator. */
const LIFETIME_SECONDS = 600;

/** A ceremony that was begun, sealed until the authenticator has answered. Nothing is stored of it. */
export interface Ceremony {
  tenantId: string;
  /** Of the session or passkey that it ends in. Fixed here, so that it ends in one. */
  id: string;
  /** The session that asks for a passkey; null for a sign-in. */
  sessionId: string | null;
  expiresAt: number;
}

export type CeremonyKind = "registration" | "sign-in";

export async function sealCeremony(
  { clock, randomness, sealer, tenantId }: Context,
  kind: CeremonyKind,
  sessionId: string | null,
): Promise<string> {
  const now = clock.now();
  const ceremony: Ceremony = {
    tenantId,
    id: randomness.id(now),
    sessionId,
    expiresAt: now.getTime() + LIFETIME_SECONDS * 1000,
  };
  return sealer.seal(purpose(kind), JSON.stringify(ceremony));
}

/** Null for everything that was not begun as this kind and for this tenant, or not lately. */
export async function openCeremony(
  { clock, sealer, tenantId }: Context,
  kind: CeremonyKind,
  token: string,
): Promise<Ceremony | null> {
  const content = await sealer.open(purpose(kind), token);
  const ceremony = content === null ? null : (JSON.parse(content) as Ceremony);
  const isGood = ceremony?.tenantId === tenantId && ceremony.expiresAt > clock.now().getTime();
  return isGood ? ceremony : null;
}

/**
 * What the authenticator signs: 256 bits that only this service can tell from a sealed token, which
 * is never the same twice. Under the current master secret first, then under the one before.
 */
export function challengesOf({ sealer }: Context, token: string): Promise<[string, ...string[]]> {
  return sealer.digests("passkey-challenge", token);
}

function purpose(kind: CeremonyKind): string {
  return `passkey/${kind}`;
}

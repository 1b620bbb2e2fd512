import type { Sealer } from "../ports.ts";
import type { Terms } from "../terms.ts";

export interface RefreshTokenContent {
  sessionId: string;
  /** How often the session was refreshed before this token was issued. */
  generation: number;
}

/** How long the generation just spent still leads to its successor. RFC 9700 §4.14.2 allows a few seconds. */
export const GRACE_SECONDS = 10;

const ID_BYTES = 16;
const GENERATION_BYTES = 4;

/**
 * Session id and generation under a signature: a forged token dies without a look into the store,
 * and the same generation always gives the same token, so that a retry can be answered alike.
 */
export async function refreshTokenFor(
  sealer: Sealer,
  terms: Terms,
  { sessionId, generation }: RefreshTokenContent,
): Promise<string | null> {
  if (!terms.refreshToken) {
    return null;
  }
  const content = new Uint8Array(ID_BYTES + GENERATION_BYTES);
  content.set(Uint8Array.fromHex(sessionId.replaceAll("-", "")));
  new DataView(content.buffer).setUint32(ID_BYTES, generation);
  return terms.refreshToken.prefix + (await sealer.sign(purpose(terms), content));
}

/** Null for everything that this contract did not issue. */
export async function readRefreshToken(
  sealer: Sealer,
  terms: Terms,
  token: string,
): Promise<RefreshTokenContent | null> {
  const prefix = terms.refreshToken?.prefix;
  if (prefix === undefined || !token.startsWith(prefix)) {
    return null;
  }
  const content = await sealer.verify(purpose(terms), token.slice(prefix.length));
  if (content?.length !== ID_BYTES + GENERATION_BYTES) {
    return null;
  }
  const hex = content.subarray(0, ID_BYTES).toHex();
  const generation = new DataView(content.buffer, content.byteOffset).getUint32(ID_BYTES);
  return { sessionId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), generation };
}

/** A token of one contract is not a token of another. */
function purpose(terms: Terms): string {
  return `refresh-token/${terms.contract}`;
}

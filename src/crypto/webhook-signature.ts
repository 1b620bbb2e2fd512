/** A request as a provider signs it. */
export interface SignedRequest {
  id: string;
  /** Seconds since the epoch, as text. */
  timestamp: string;
  /** Space-separated `v1,<base64>`: several while the provider's secret changes. */
  signatures: string;
  body: Uint8Array<ArrayBuffer>;
}

/** How far a request may be from our time: what somebody has recorded is good for so long. */
const TOLERANCE_SECONDS = 300;
/** More are nobody's: each costs a MAC. */
const MOST_SIGNATURES = 8;

/**
 * Standard Webhooks with a shared secret, `whsec_` and base64: HMAC-SHA-256 of id, time and body. What
 * is not signed, or was signed at another time, is false; WebCrypto compares in constant time.
 * `https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md`
 */
export async function isSigned(
  secret: string,
  { id, timestamp, signatures, body }: SignedRequest,
  now: Date,
): Promise<boolean> {
  const age = now.getTime() / 1000 - Number(timestamp);
  if (id === "" || !/^\d{1,12}$/.test(timestamp) || Math.abs(age) > TOLERANCE_SECONDS) {
    return false;
  }
  const raw = Uint8Array.fromBase64(secret.replace(/^whsec_/, ""));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", raw, hmac, false, ["verify"]);
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array([...head, ...body]);
  for (const signature of signatures.split(" ").slice(0, MOST_SIGNATURES)) {
    const mac = macOf(signature);
    if (mac && (await crypto.subtle.verify("HMAC", key, mac, signed))) {
      return true;
    }
  }
  return false;
}

/** Null for a signature of another kind. */
function macOf(signature: string): Uint8Array<ArrayBuffer> | null {
  const [, base64] = signature.match(/^v1,([A-Za-z0-9+/]{43}=)$/) ?? [];
  return base64 === undefined ? null : Uint8Array.fromBase64(base64);
}

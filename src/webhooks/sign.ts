const SECRET_PREFIX = "whsec_";

/**
 * The signatures of a message, one for each secret, as `webhook-signature` holds them.
 * Standard Webhooks, "Signature scheme": HMAC-SHA256 over id, timestamp and body.
 */
export async function sign(
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
  secrets: readonly string[],
): Promise<string> {
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const bytes = Uint8Array.fromBase64(secret.slice(SECRET_PREFIX.length));
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
      const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
      return `v1,${signature.toBase64()}`;
    }),
  );
  return signatures.join(" ");
}

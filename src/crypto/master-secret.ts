/** The master secret, and the one before it while a rotation is under way. */
export interface MasterSecrets {
  current: string;
  previous: string | null;
}

/** A key for one purpose, derived from one master secret. RFC 5869. */
export async function deriveBits(secret: string, label: string): Promise<ArrayBuffer> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", encode(secret), "HKDF", false, ["deriveBits"]);
  const params = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encode(label) };
  return crypto.subtle.deriveBits(params, key, 256);
}

/** Which master secret something was made with, without saying anything about it. */
export async function secretId(secret: string): Promise<string> {
  const bits = await deriveBits(secret, "latchkey/secret-id");
  return new Uint8Array(bits).subarray(0, 4).toHex();
}

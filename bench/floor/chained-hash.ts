const CALLS = 6;
const ITERATIONS_PER_CALL = 100_000;

/** What Latchkey's password hash computes, and nothing around it: no pepper, no turns, no pause. */
export async function chainedHash(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  let link = new TextEncoder().encode(password);
  for (let call = 0; call < CALLS; call++) {
    const key = await crypto.subtle.importKey("raw", link, "PBKDF2", false, ["deriveBits"]);
    const params = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS_PER_CALL };
    link = new Uint8Array(await crypto.subtle.deriveBits(params, key, 256));
  }
  return link.toHex();
}

import { LOGO_VERSION_LENGTH } from "../../core/tenant/brand.ts";

/** What tells browsers one image from the next: the same for the same one, whoever sets it. */
export async function logoVersion(base64: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.fromBase64(base64));
  return new Uint8Array(digest).toHex().slice(0, LOGO_VERSION_LENGTH);
}

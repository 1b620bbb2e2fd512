/** base64url without padding, RFC 4648 §5. */
export function toBase64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Null for anything but the one spelling that `toBase64url` gives. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.fromBase64(text, {
      alphabet: "base64url",
      lastChunkHandling: "loose",
    });
    return toBase64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

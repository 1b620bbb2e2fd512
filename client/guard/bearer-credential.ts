/** What a request brings: nothing, something that cannot be read, or one credential. */
export type Brought =
  | { readonly kind: "nothing" }
  | { readonly kind: "malformed" }
  | { readonly kind: "credential"; readonly credential: string };

/** No token and no key is longer: the rest is refused unread. */
const MAX_LENGTH = 8192;

/**
 * Reads an `Authorization` header. RFC 6750 §2.1 allows other places for a token; the header alone is
 * read here, so that no log or history keeps one.
 */
export function bearerCredential(header: string | undefined): Brought {
  const [scheme, credential, ...rest] = header?.split(/ +/) ?? [];
  if (scheme?.toLowerCase() !== "bearer") {
    return { kind: "nothing" };
  }
  return !credential || rest.length > 0 || credential.length > MAX_LENGTH
    ? { kind: "malformed" }
    : { kind: "credential", credential };
}

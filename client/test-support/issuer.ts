import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export const AUDIENCE = "https://orders.example";
export const TENANT = "00000000-0000-7000-8000-000000000000";
const KID = "key-1";
const OTHER_KID = "key-of-another-algorithm";

interface Header {
  alg?: string;
  /** Null leaves it out. */
  typ?: string | null;
  kid?: string;
}

/** Null leaves a claim out. */
type Claims = { [Claim in keyof JWTPayload]?: JWTPayload[Claim] | null };

/** Somebody who signs tokens as Latchkey does and publishes the key. */
export interface Issuer {
  readonly url: string;
  readonly publicKey: CryptoKey;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  /** A token as Latchkey makes it, but for what is named. */
  token(claims?: Claims, header?: Header, key?: CryptoKey | Uint8Array): Promise<string>;
  /** The same with an extension that must be understood. */
  criticalToken(): Promise<string>;
  /** The same, signed with another published key by another algorithm. */
  tokenByAnotherAlgorithm(): Promise<string>;
  /** The same with `alg: none`. */
  unsignedToken(): string;
}

/** Serves the keys of an issuer on this machine for as long as they run that ask for it. */
export async function serveIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const other = await generateKeyPair("ES384", { extractable: true });
  const keys = [
    { ...(await exportJWK(publicKey)), kid: KID, alg: "ES256", use: "sig" },
    { ...(await exportJWK(other.publicKey)), kid: OTHER_KID, alg: "ES384", use: "sig" },
  ];
  let fetches = 0;
  const url = await serve((path) => {
    fetches += 1;
    return path === "/.well-known/jwks.json" ? { keys } : null;
  });
  const header = { alg: "ES256", typ: "at+jwt", kid: KID };
  return {
    url,
    publicKey,
    fetches: () => fetches,
    token: (claims = {}, changed = {}, key = privateKey) =>
      new SignJWT(allClaims(url, claims))
        .setProtectedHeader(withoutNulls({ ...header, ...changed }))
        .sign(key),
    criticalToken: () =>
      new SignJWT(allClaims(url, {}))
        .setProtectedHeader({ ...header, crit: ["urn:new"], "urn:new": true })
        .sign(privateKey, { crit: { "urn:new": true } }),
    tokenByAnotherAlgorithm: () =>
      new SignJWT(allClaims(url, {}))
        .setProtectedHeader({ ...header, alg: "ES384", kid: OTHER_KID })
        .sign(other.privateKey),
    unsignedToken: () =>
      `${part({ ...header, alg: "none" })}.${part(withoutNulls(allClaims(url, {})))}.`,
  };
}

/** An address at which every answer is a failure. */
export function serveNothing(): Promise<string> {
  return serve(() => null, 500);
}

async function serve(answer: (path: string) => object | null, otherwise = 404): Promise<string> {
  const server = createServer((request, response) => {
    const body = answer(request.url ?? "");
    response.writeHead(body ? 200 : otherwise, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function allClaims(issuer: string, claims: Claims): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return withoutNulls({
    iss: issuer,
    aud: AUDIENCE,
    sub: "an-account",
    sid: "a-session",
    client_id: "a-client",
    tenant: TENANT,
    roles: ["user"],
    scope: "openid orders:read",
    jti: crypto.randomUUID(),
    iat: now - 60,
    exp: now + 900,
    ...claims,
  });
}

function part(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

function withoutNulls<T extends object>(
  values: T,
): { [Name in keyof T]: Exclude<T[Name], null | undefined> } {
  return JSON.parse(JSON.stringify(values, (_, value) => value ?? undefined));
}

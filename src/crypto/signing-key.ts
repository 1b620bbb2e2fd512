import { exportJWK, generateKeyPair, importJWK } from "jose";
import type { StoredSigningKey, Vault } from "../core/ports.ts";

const ALGORITHM = "ES256";
const PURPOSE = "signing-key";

/** False for a key that was withdrawn before it was to sign: the one before it goes on. */
export function hasTurn({ activatesAt, withdrawnAt }: StoredSigningKey): boolean {
  return !withdrawnAt || withdrawnAt >= activatesAt;
}

export function nextNumber([newest]: readonly StoredSigningKey[]): number {
  return (newest?.number ?? 0) + 1;
}

export async function makeSigningKey(
  vault: Vault,
  number: number,
  createdAt: Date,
  activatesAt: Date,
): Promise<StoredSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = crypto.randomUUID();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: "sig" };
  return {
    number,
    kid,
    publicJwk: JSON.stringify(publicJwk),
    sealedPrivateJwk: await vault.seal(PURPOSE, JSON.stringify(await exportJWK(privateKey))),
    createdAt,
    activatesAt,
    withdrawnAt: null,
  };
}

export async function importPublicKey({ publicJwk }: StoredSigningKey): Promise<CryptoKey> {
  return (await importJWK(JSON.parse(publicJwk), ALGORITHM)) as CryptoKey;
}

/** Null when it was sealed under a secret that is not known any more. */
export async function openPrivateKey(
  vault: Vault,
  { sealedPrivateJwk }: StoredSigningKey,
): Promise<CryptoKey | null> {
  const privateJwk = await vault.open(PURPOSE, sealedPrivateJwk);
  return privateJwk === null
    ? null
    : ((await importJWK(JSON.parse(privateJwk), ALGORITHM)) as CryptoKey);
}

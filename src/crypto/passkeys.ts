import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from "@simplewebauthn/server";
import type { Ceremonies, KnownCredentials } from "../core/passkey/ceremonies.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";

/** For the person to find and unlock an authenticator: what WebAuthn §15.1 recommends. */
const TIMEOUT_MS = 300_000;
/** Ed25519, ES256 and RS256, by their COSE numbers. */
const ALGORITHMS = [-8, -7, -257];
/** WebAuthn §7.1, step 25. */
const CREDENTIAL_ID_MAX_BYTES = 1023;
/** WebAuthn §5.8.4. Nothing else that an answer may say is kept and handed out again. */
const TRANSPORTS = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

/**
 * WebAuthn for passkeys of the site that people reach, whatever host a request names. The library is
 * heavy: it loads with the first answer, and no page waits for it.
 */
export function createCeremonies(publicUrl: string): Ceremonies {
  const rpID = new URL(publicUrl).hostname;
  const expected = (challenges: readonly string[]) => ({
    expectedOrigin: publicUrl,
    expectedRPID: rpID,
    expectedChallenge: (challenge: string) => challenges.includes(challenge),
  });

  return {
    creationOptions: (asked) => JSON.stringify(creationOptions(rpID, asked)),
    requestOptions: (asked) => JSON.stringify(requestOptions(rpID, asked)),

    async verifyRegistration(answer, challenges) {
      const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
      return nullIfWrong(async () => {
        const { registrationInfo } = await verifyRegistrationResponse({
          response: JSON.parse(answer) as RegistrationResponseJSON,
          ...expected(challenges),
          supportedAlgorithmIDs: ALGORITHMS,
        });
        return registrationInfo
          ? newCredential(registrationInfo.credential, registrationInfo.credentialBackedUp)
          : null;
      });
    },

    credentialIdIn,

    async verifyAssertion(answer, passkey, { challenges, isOnlyFactor }) {
      const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
      return nullIfWrong(async () => {
        const response = JSON.parse(answer) as AuthenticationResponseJSON;
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response,
          ...expected(challenges),
          credential: storedCredential(passkey),
          requireUserVerification: isOnlyFactor,
        });
        const { userHandle } = response.response;
        const isOwners = userHandle ? userHandle === userId(passkey.accountId) : !isOnlyFactor;
        const { newCounter: counter, credentialBackedUp: isSynced } = authenticationInfo;
        return verified && isOwners ? { counter, isSynced } : null;
      });
    },
  };
}

/** Every passkey can sign in alone: it is discoverable, and its device knows its person. */
function creationOptions(
  rpID: string,
  { challenge, account, known }: Parameters<Ceremonies["creationOptions"]>[0],
): PublicKeyCredentialCreationOptionsJSON {
  const { id, email, name } = account;
  return {
    rp: { id: rpID, name: rpID },
    user: { id: userId(id), name: email, displayName: name ?? email },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: TIMEOUT_MS,
    excludeCredentials: descriptors(known),
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
    attestation: "none",
  };
}

function requestOptions(
  rpID: string,
  { challenge, allowed, isOnlyFactor }: Parameters<Ceremonies["requestOptions"]>[0],
): PublicKeyCredentialRequestOptionsJSON {
  return {
    rpId: rpID,
    challenge,
    timeout: TIMEOUT_MS,
    allowCredentials: descriptors(allowed),
    userVerification: isOnlyFactor ? "required" : "preferred",
  };
}

function descriptors(known: KnownCredentials) {
  return known.map(({ credentialId, transports }) => ({
    type: "public-key" as const,
    id: credentialId,
    transports: [...transports],
  }));
}

/** What the authenticator keeps beside the key, and says when nobody was named. §5.4.3. */
function userId(accountId: string): string {
  return toBase64url(new TextEncoder().encode(accountId));
}

function credentialIdIn(answer: string): string | null {
  try {
    const { id } = JSON.parse(answer) as { id?: unknown };
    return typeof id === "string" && fromBase64url(id) ? id : null;
  } catch {
    return null;
  }
}

function newCredential(
  { id, publicKey, counter, transports }: WebAuthnCredential,
  isSynced: boolean,
) {
  const idBytes = fromBase64url(id);
  return idBytes && idBytes.length <= CREDENTIAL_ID_MAX_BYTES
    ? {
        credentialId: id,
        publicKey: toBase64url(publicKey),
        counter,
        transports: TRANSPORTS.filter((transport) => transports?.includes(transport)),
        isSynced,
      }
    : null;
}

function storedCredential(passkey: {
  credentialId: string;
  publicKey: string;
  counter: number;
}): WebAuthnCredential {
  const { credentialId: id, publicKey, counter } = passkey;
  return { id, publicKey: Uint8Array.fromBase64(publicKey, { alphabet: "base64url" }), counter };
}

/** The library says no by throwing, and throws at what is no answer at all. */
async function nullIfWrong<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}

import { toBase64url } from "../../src/crypto/base64url.ts";

/** What a device is made to say otherwise than it would. */
export interface Lies {
  challenge?: string;
  origin?: string;
  rpId?: string;
  type?: string;
  /** The person was not there, or the device did not find out who it is. */
  isPresent?: boolean;
  knowsPerson?: boolean;
  counter?: number;
  /** Null for a device that does not say whose the passkey is. */
  userHandle?: string | null;
  credentialId?: string;
  crossOrigin?: boolean;
  topOrigin?: string;
}

interface CreationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
  excludeCredentials: { id: string }[];
}

interface RequestOptions {
  challenge: string;
  rpId: string;
}

const ORIGIN = "http://localhost:8787";
const ES256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const FLAGS = { present: 1, verified: 4, eligible: 8, backedUp: 16, attested: 64 };

/** An authenticator in software with one passkey, beside a browser: WebAuthn Level 3, ES256. */
export class PasskeyDevice {
  readonly credentialId: string;
  readonly #keys: CryptoKeyPair;
  readonly #isSynced: boolean;
  #userHandle: string | null = null;
  /** Stays 0 for one whose passkeys are synced: such a one cannot count. */
  counter = 0;

  private constructor(keys: CryptoKeyPair, isSynced: boolean) {
    this.#keys = keys;
    this.#isSynced = isSynced;
    this.credentialId = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  }

  static async make({ isSynced = false } = {}): Promise<PasskeyDevice> {
    const keys = (await crypto.subtle.generateKey(ES256, true, ["sign"])) as CryptoKeyPair;
    return new PasskeyDevice(keys, isSynced);
  }

  /** `navigator.credentials.create`, as the page sends its result on. */
  async create(json: string, lies: Lies = {}): Promise<string> {
    const options = JSON.parse(json) as CreationOptions;
    this.#userHandle = options.user.id;
    const id = fromBase64url(lies.credentialId ?? this.credentialId);
    const authData = concat(
      await this.#authenticatorData(options.rp.id, FLAGS.attested, lies),
      new Uint8Array(16),
      bigEndian(id.length, 2),
      id,
      await this.#coseKey(),
    );
    const attestation = cbor(
      new Map<string, Cbor>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    );
    return this.#answer(lies, {
      clientDataJSON: clientData("webauthn.create", options.challenge, lies),
      attestationObject: toBase64url(attestation),
      transports: ["internal", "hybrid"],
    });
  }

  /** `navigator.credentials.get`, as the page sends its result on. */
  async get(json: string, lies: Lies = {}): Promise<string> {
    const options = JSON.parse(json) as RequestOptions;
    const authData = await this.#authenticatorData(options.rpId, 0, lies);
    const clientDataJSON = clientData("webauthn.get", options.challenge, lies);
    const hash = await sha256(fromBase64url(clientDataJSON));
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const signed = concat(authData, hash);
    const signature = await crypto.subtle.sign(algorithm, this.#keys.privateKey, signed);
    const userHandle = lies.userHandle === undefined ? this.#userHandle : lies.userHandle;
    return this.#answer(lies, {
      clientDataJSON,
      authenticatorData: toBase64url(authData),
      signature: toBase64url(der(new Uint8Array(signature))),
      ...(userHandle !== null && { userHandle }),
    });
  }

  #answer({ credentialId = this.credentialId }: Lies, response: object): string {
    const id = credentialId;
    return JSON.stringify({
      id,
      rawId: id,
      type: "public-key",
      response,
      clientExtensionResults: {},
    });
  }

  async #authenticatorData(rpId: string, more: number, lies: Lies): Promise<Uint8Array> {
    const { isPresent = true, knowsPerson = true } = lies;
    if (!this.#isSynced) {
      this.counter += 1;
    }
    const flags =
      more |
      (isPresent ? FLAGS.present : 0) |
      (knowsPerson ? FLAGS.verified : 0) |
      (this.#isSynced ? FLAGS.eligible | FLAGS.backedUp : 0);
    const rpIdHash = await sha256(new TextEncoder().encode(lies.rpId ?? rpId));
    return concat(rpIdHash, bigEndian(flags, 1), bigEndian(lies.counter ?? this.counter, 4));
  }

  /** RFC 9053 §7.1.1: EC2, ES256, P-256. */
  async #coseKey(): Promise<Uint8Array> {
    const jwk = (await crypto.subtle.exportKey("jwk", this.#keys.publicKey)) as JsonWebKey;
    return cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, fromBase64url(jwk.x ?? "")],
        [-3, fromBase64url(jwk.y ?? "")],
      ]),
    );
  }
}

function clientData(type: string, challenge: string, lies: Lies): string {
  const { crossOrigin = false, topOrigin } = lies;
  const data = {
    type: lies.type ?? type,
    challenge: lies.challenge ?? challenge,
    origin: lies.origin ?? ORIGIN,
    crossOrigin,
    ...(topOrigin && { topOrigin }),
  };
  return toBase64url(new TextEncoder().encode(JSON.stringify(data)));
}

type Cbor = number | string | Uint8Array | Map<number, Cbor> | Map<string, Cbor>;

/** As much of RFC 8949 as WebAuthn needs. */
function cbor(value: Cbor): Uint8Array {
  if (typeof value === "number") {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }
  if (typeof value === "string") {
    const text = new TextEncoder().encode(value);
    return concat(head(3, text.length), text);
  }
  if (value instanceof Uint8Array) {
    return concat(head(2, value.length), value);
  }
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return concat(head(5, value.size), ...entries);
}

function head(major: number, argument: number): Uint8Array {
  if (argument < 24) {
    return bigEndian((major << 5) | argument, 1);
  }
  const size = argument < 256 ? 1 : 2;
  return concat(bigEndian((major << 5) | (23 + size), 1), bigEndian(argument, size));
}

/** WebCrypto's r and s as the two INTEGERs that WebAuthn §6.5.5 asks for. */
function der(signature: Uint8Array): Uint8Array {
  const integers = [signature.slice(0, 32), signature.slice(32)].map((bytes) => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const digits = bytes.slice(start);
    const positive = (digits[0] ?? 0) & 0x80 ? concat(bigEndian(0, 1), digits) : digits;
    return concat(Uint8Array.of(2, positive.length), positive);
  });
  const body = concat(...integers);
  return concat(Uint8Array.of(0x30, body.length), body);
}

function bigEndian(number: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (number >>> (8 * (size - 1 - i))) & 0xff);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function fromBase64url(text: string): Uint8Array {
  return Uint8Array.fromBase64(text, { alphabet: "base64url" });
}

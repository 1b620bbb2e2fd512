import { isoBase64URL } from "@simplewebauthn/server/helpers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { NewCredential } from "../../src/core/passkey/ceremonies.ts";
import type { PasskeyRecord } from "../../src/core/passkey/passkey.ts";
import type { Context } from "../../src/core/ports.ts";
import { fromBase64url, toBase64url } from "../../src/crypto/base64url.ts";
import { contextFor } from "../support/oauth.ts";
import { PasskeyDevice } from "../support/passkey-device.ts";
import { startService } from "../support/service.ts";
import { alterations, altered } from "./altered.ts";
import { hostileJson } from "./bodies.ts";
import { runCases } from "./run-cases.ts";
import { unfold } from "./texts.ts";

const CASES = 500;
const CHALLENGE = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
const ACCOUNT_ID = "0197f2aa-0000-7abc-8def-0123456789ab";
const BASE64URL = /^[\w-]+$/;

let context: Context;
let registration: string;
let assertion: string;
let passkey: PasskeyRecord;

beforeAll(async () => {
  context = contextFor(startService());
  const { ceremonies } = context;
  const account = { id: ACCOUNT_ID, email: "robin@example.test", name: null };
  const device = await PasskeyDevice.make();
  registration = await device.create(
    ceremonies.creationOptions({ challenge: CHALLENGE, account: account as never, known: [] }),
  );
  const credential = await ceremonies.verifyRegistration(registration, [CHALLENGE]);
  passkey = { ...(credential as NewCredential), accountId: ACCOUNT_ID } as PasskeyRecord;
  assertion = await device.get(
    ceremonies.requestOptions({ challenge: CHALLENGE, allowed: [], isOnlyFactor: true }),
  );
});

/** Bytes that say they are much longer or deeper than they are. RFC 8949 §3. */
const HOSTILE_CBOR = [
  ...[
    "9bffffffffffffffff",
    "9affffffff",
    "5bffffffffffffffff",
    "7bffffffff00000000",
    "bbffffffffffffffff",
  ],
  ...[
    "9f",
    "bf",
    "5f",
    "81".repeat(5000),
    "a100".repeat(2000),
    "c2".repeat(2000),
    "f97e00",
    "fbfff0000000000000",
  ],
  ...[
    "a363666d74646e6f6e656761747453746d74a068617574684461746140",
    "a0",
    "ff",
    "d8ff",
    "3bffffffffffffffff",
  ],
].map((hex) => toBase64url(Uint8Array.fromHex(hex)));

interface Change {
  field: string;
  bytes: { at: number; xor: number; gone: number; more: number[] };
  json: string;
  how: string;
}

const changes: fc.Arbitrary<Change> = fc.record({
  field: fc.constantFrom(
    "clientDataJSON",
    "authenticatorData",
    "attestationObject",
    "signature",
    "userHandle",
  ),
  bytes: fc.record({
    at: fc.nat(600),
    xor: fc.integer({ min: 1, max: 255 }),
    gone: fc.nat(2),
    more: fc.array(fc.nat(255), { maxLength: 3 }),
  }),
  json: fc.oneof(
    hostileJson.map((json) => unfold(json, {})),
    fc.constantFrom(...HOSTILE_CBOR).map((text) => `"${text}"`),
  ),
  how: fc.constantFrom("a byte", "a byte", "bytes", "other JSON", "other JSON outside"),
});

/** An answer of a browser with something else in it. */
function changed(answer: string, { field, bytes, json, how }: Change): string {
  const sent = JSON.parse(answer) as { response: Record<string, string> };
  const own = fromBase64url(sent.response[field] ?? "") ?? new Uint8Array();
  const at = own.length === 0 ? 0 : bytes.at % own.length;
  const spliced = (gone: number, more: number[]) =>
    toBase64url(Uint8Array.from([...own].toSpliced(at, gone, ...more)));
  const raw = (record: object, name: string) =>
    JSON.stringify({ ...record, [name]: "(raw)" }).replace('"(raw)"', () => json);
  switch (how) {
    case "a byte":
      return JSON.stringify({
        ...sent,
        response: { ...sent.response, [field]: spliced(1, [(own[at] ?? 0) ^ bytes.xor]) },
      });
    case "bytes":
      return JSON.stringify({
        ...sent,
        response: { ...sent.response, [field]: spliced(bytes.gone, bytes.more) },
      });
    case "other JSON":
      return JSON.stringify({ ...sent, response: 0 }).replace(
        '"response":0',
        () => `"response":${raw(sent.response, field)}`,
      );
    default:
      return raw(
        sent,
        ["id", "rawId", "type", "response", "clientExtensionResults", "__proto__"][bytes.at % 6] ??
          "id",
      );
  }
}

/** What the device vouches for, and by whom it says it was. */
function vouchedFor(answer: string): unknown {
  const { id, response } = JSON.parse(answer) as { id: string; response: Record<string, string> };
  const { clientDataJSON, authenticatorData, userHandle } = response ?? {};
  return [id, ...[clientDataJSON, authenticatorData, userHandle].map((part) => read(part))];
}

function signatureOf(answer: string): string | null {
  return read((JSON.parse(answer) as { response?: { signature?: unknown } }).response?.signature);
}

/** As the library reads it, to which spare bits and what is too much at the end are nothing. */
function read(part: unknown): string | null {
  return typeof part === "string" ? isoBase64URL.toBuffer(part).toHex() : null;
}

/**
 * The two numbers of the signature must be there as they were made. Of the ASN.1 in front of them, a
 * tag and a length that nobody signs, the library passes over some of what is wrong.
 */
function expectSame(other: string, assertion: string): void {
  expect(vouchedFor(other)).toEqual(vouchedFor(assertion));
  const tagAndLength = "3045".length;
  expect(signatureOf(other)).toContain(signatureOf(assertion)?.slice(tagAndLength));
}

describe("an answer of an authenticator that signs in", () => {
  const expected = { challenges: [CHALLENGE], isOnlyFactor: true };

  it("is right as it was made, and wrong with anything of it changed that it vouches for", async (test) => {
    const { ceremonies } = context;
    expect(await ceremonies.verifyAssertion(assertion, passkey, expected)).not.toBeNull();

    await runCases(test, CASES, changes, async (change) => {
      const other = changed(assertion, change);
      const verified = await ceremonies.verifyAssertion(other, passkey, expected);
      expect(ceremonies.credentialIdIn(other) ?? "x").toMatch(BASE64URL);
      if (verified) {
        expectSame(other, assertion);
      }
    });
  });

  it("is none where the text is another", async (test) => {
    await runCases(test, CASES, alterations, async (alteration) => {
      const other = altered(assertion, alteration);
      expect(context.ceremonies.credentialIdIn(other) ?? "x").toMatch(BASE64URL);
      const verified = await context.ceremonies.verifyAssertion(other, passkey, expected);
      if (verified) {
        expectSame(other, assertion);
      }
    });
  });
});

describe("an answer of an authenticator that makes a passkey", () => {
  it("gives one in good order or none, whatever is changed in it", async (test) => {
    const given = async (answer: string) =>
      context.ceremonies.verifyRegistration(answer, [CHALLENGE]);
    expect(await given(registration)).not.toBeNull();
    const answers = fc.oneof(
      {
        weight: 3,
        arbitrary: changes.map((change) => (answer: string) => changed(answer, change)),
      },
      { weight: 1, arbitrary: alterations.map((one) => (answer: string) => altered(answer, one)) },
    );

    let taken = 0;

    await runCases(test, CASES, answers, async (change) => {
      const credential = await given(change(registration));
      if (credential) {
        taken += 1;
        const { credentialId, publicKey, counter, transports, isSynced, ...others } = credential;
        expect(others).toEqual({});
        expect(credentialId).toMatch(BASE64URL);
        expect(publicKey).toMatch(BASE64URL);
        expect(Number.isSafeInteger(counter) && counter >= 0).toBe(true);
        expect(transports.every((one) => typeof one === "string")).toBe(true);
        expect(typeof isSynced).toBe("boolean");
      }
    });

    expect(taken).toBeGreaterThan(0);
  });
});

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  generateKeyPair,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from "jose";
import { tokens } from "../../../scripts/demo/replies.ts";
import { type Answer, type Asked, answerTo } from "./answer-to.ts";
import { issuer } from "./issuer.ts";
import { until } from "./until.ts";

export const JWKS = "/.well-known/jwks.json";
/** Of a session, two hundred refreshes a minute: fewer than its fence lets through. */
const EVERY_MS = 300;

/** Somebody who is signed in, with the tokens that they have now. */
export interface Visitor {
  accessToken: string;
  refreshToken: string;
}

export const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? "";

/** Whatever is answered once the database is not another process's any more, as it is at Cloudflare. */
async function answerOf(path: string, asked: Asked): Promise<Answer<Record<string, unknown>>> {
  const answer = await answerTo(path, asked);
  return answer.status === 503 ? answerOf(path, asked) : answer;
}

/**
 * Visitors refresh their tokens and show them, APIs verify them by the JWKS, and strangers bring tokens of
 * keys that there are not, over and over until it is stopped.
 */
export function startTokenLoad(visitors: readonly Visitor[]) {
  const wrong: string[] = [];
  const seen = new Set<string>();
  const remote = createRemoteJWKSet(new URL(JWKS, issuer));
  const claims = { issuer, audience: issuer, typ: "at+jwt" };
  const refreshing = new Set<Promise<void>>();
  let mayWrite = Promise.resolve();
  let isOn = true;

  async function onAndOn(work: () => Promise<void>): Promise<void> {
    while (isOn) {
      await work().catch((error) => wrong.push(String(error)));
      await wait(EVERY_MS);
    }
  }

  async function refresh(visitor: Visitor): Promise<void> {
    const { refreshToken } = visitor;
    const { status, body } = await answerOf("/api/auth/refresh", { body: { refreshToken } });
    assert.equal(status, 200, "a refresh");
    Object.assign(visitor, tokens.parse(body));
    await jwtVerify(visitor.accessToken, remote, claims);
  }

  async function refreshInTurn(visitor: Visitor): Promise<void> {
    await mayWrite;
    const refreshed = refresh(visitor).finally(() => refreshing.delete(refreshed));
    refreshing.add(refreshed);
    await refreshed;
  }

  async function show(visitor: Visitor): Promise<void> {
    const { accessToken } = visitor;
    assert.equal(await shown(accessToken), 200, `a token of ${kidOf(accessToken)}`);
    seen.add(`${visitors.indexOf(visitor)} ${kidOf(accessToken)}`);
  }

  async function verify(): Promise<void> {
    const accessToken = visitors[0]?.accessToken ?? "";
    const { body } = await answerTo<JSONWebKeySet>(JWKS);
    await jwtVerify(accessToken, createLocalJWKSet(body), claims);
    seen.add(`JWKS ${kidOf(accessToken)}`);
  }

  const forge = async () => assert.equal(await shown(await forged()), 401, "a forged token");

  const loops = [
    ...visitors.flatMap((visitor) => [
      onAndOn(() => refreshInTurn(visitor)),
      onAndOn(() => show(visitor)),
    ]),
    onAndOn(verify),
    onAndOn(forge),
  ];

  return {
    /** Whatever went otherwise than it should. */
    wrong,
    /** Waits until a token of a key was taken from everybody, and one verified by the JWKS. */
    seen: (kid: string) =>
      until(`tokens of ${kid}`, () => {
        assert.deepEqual(wrong, []);
        return [...seen].filter((one) => one.endsWith(kid)).length === visitors.length + 1;
      }),
    /** Has `seen` wait for what comes from now on. */
    forget: () => seen.clear(),
    /** Does something while nobody refreshes: on files of one machine, one process writes at a time. */
    async whileNobodyWrites<T>(work: () => Promise<T>): Promise<T> {
      const { promise, resolve } = Promise.withResolvers<void>();
      mayWrite = promise;
      await Promise.allSettled(refreshing);
      return work().finally(resolve);
    },
    async stop(): Promise<void> {
      isOn = false;
      await Promise.all(loops);
    },
  };
}

/** How it is answered who shows a token. */
export async function shown(accessToken: string): Promise<number> {
  return (await answerOf("/api/user/profile", { accessToken })).status;
}

/** A token like ours, of a key that nobody knows. */
export async function forged(): Promise<string> {
  const { privateKey } = await generateKeyPair("ES256");
  return new SignJWT({ client_id: "planasonix", tenant: "default" })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: crypto.randomUUID() })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime("15m")
    .sign(privateKey);
}

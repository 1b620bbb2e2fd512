import { env } from "cloudflare:workers";
import type { JSONWebKeySet } from "jose";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessTokenVerifier } from "../../client/verify.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { keysElsewhere } from "../support/key-cache.ts";
import {
  askToken,
  BACKEND,
  backendTokens,
  introspected,
  type TokenBody,
} from "../support/oauth.ts";
import { API, registerOAuthClients } from "../support/oauth-clients.ts";
import { type SignedInBody, signedIn } from "../support/people.ts";
import { seeded } from "../support/seeded.ts";
import { startService, type TestService } from "../support/service.ts";
import { retireSigningKey, rotateSigningKey, runHourly } from "../support/signing-keys.ts";
import { tally } from "../support/tally.ts";

/** Isolates, each with a memory of its own, and what verifies elsewhere by the published keys. */
const ISOLATES = 4;
const PEOPLE = 4;
/** Past the switch, and until the last token of the key before has run out: a quarter of an hour. */
const STEPS = [...Array<number>(18).fill(10), ...Array<number>(12).fill(75)];
/** How long an isolate goes on with what it has read, as docs/operating.md states it. */
const BOUND_SECONDS = 60;

beforeAll(registerOAuthClients);
beforeEach(() => env.DB.exec("DELETE FROM signing_keys"));

/** Everything that takes access tokens, and people whose clients refresh them all the time. */
async function startFleet() {
  const fleet = Array.from({ length: ISOLATES }, () => startService());
  const [first = startService()] = fleet;
  const elsewhere = [keysElsewhere(first), keysElsewhere(fleet.at(-1) ?? first)];
  const random = seeded(20_261_129);
  const anIsolate = () => fleet[Math.floor(random() * ISOLATES)] ?? first;
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => signedIn(first)));
  const clients: TokenBody[] = [];
  for (let client = 0; client < PEOPLE; client++) {
    clients.push(await backendTokens(first, { resources: [API], scopes: ["profile:read"] }));
  }
  // What is cached when the story begins is the key of before.
  await Promise.all(elsewhere.map((keys) => verified(keys, clients[0]?.access_token ?? "")));
  return { fleet, elsewhere, anIsolate, people, clients };
}

type Fleet = Awaited<ReturnType<typeof startFleet>>;

/** Refreshes every token at some isolate, all at once. Answers what any of them refused. */
async function refreshAll({ anIsolate, people, clients }: Fleet): Promise<string[]> {
  const refusals = await Promise.all([
    ...people.map(async (person, index) => {
      const { refreshToken } = person;
      const body = { refreshToken };
      const answer = await anIsolate().ask<SignedInBody>("/api/auth/refresh", { body });
      people[index] = { ...person, ...answer.body };
      return answer.status;
    }),
    ...clients.map(async ({ refresh_token }, index) => {
      const form = { grant_type: "refresh_token", refresh_token };
      const answer = await askToken(anIsolate(), form, BACKEND);
      clients[index] = answer.body;
      return answer.status;
    }),
  ]);
  return refusals.filter((status) => status !== 200).map((status) => `refresh ${status}`);
}

interface Minted {
  /** For this service, or for an API elsewhere. */
  own: boolean;
  token: string;
}

const minted = ({ people, clients }: Fleet): Minted[] => [
  ...people.map(({ accessToken }) => ({ own: true, token: accessToken })),
  ...clients.map(({ access_token }) => ({ own: false, token: access_token })),
];

/** Shows each token to everybody who takes it, all at once: what each said. */
function showAll({ fleet, elsewhere }: Fleet, tokens: readonly Minted[]): Promise<string[]> {
  return Promise.all(
    tokens.flatMap(({ own, token }) => [
      ...fleet.map((service) => (own ? profileOf(service, token) : introspection(service, token))),
      ...(own ? [] : elsewhere.map((keys) => verified(keys, token))),
    ]),
  );
}

async function profileOf(service: TestService, bearer: string): Promise<string> {
  const { status } = await service.ask("/api/user/profile", { method: "GET", bearer });
  return status === 200 ? "taken" : `profile ${status}`;
}

async function introspection(service: TestService, token: string): Promise<string> {
  const { body } = await introspected(service, token);
  return body.active ? "taken" : "introspected as inactive";
}

async function verified(keys: ReturnType<typeof keysElsewhere>, token: string): Promise<string> {
  const options = { audience: API, typ: "at+jwt", currentDate: new Date() };
  return jwtVerify(token, keys, options).then(
    () => "taken",
    ({ code }) => `elsewhere ${code}`,
  );
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? "";

async function published(service: TestService): Promise<string[]> {
  const { body } = await service.ask<JSONWebKeySet>("/.well-known/jwks.json", { method: "GET" });
  return body.keys.map(({ kid }) => String(kid));
}

describe("KEY-02: rotating the signing key by command while requests are under way", () => {
  it("refuses no token, new or old, at any isolate or elsewhere", async (context) => {
    stopClock();
    const fleet = await startFleet();
    const firstKid = kidOf(fleet.people[0]?.accessToken ?? "");
    await runHourly();
    passSeconds(3_600);
    await refreshAll(fleet);
    await rotateSigningKey();

    const refused: string[] = [];
    const kids = new Set<string>();
    const living: { until: number; token: Minted }[] = [];
    let shown = 0;
    for (const seconds of STEPS) {
      const now = Date.now();
      const older = living.filter(({ until }) => until > now + seconds * 1000);
      const underWay = showAll(
        fleet,
        older.slice(-PEOPLE).map(({ token }) => token),
      );
      refused.push(...(await refreshAll(fleet)));
      const newest = minted(fleet);
      const answers = Promise.all([underWay, showAll(fleet, newest)]);
      // Some of these have read the clock already, others have not.
      passSeconds(seconds);
      const said = (await answers).flat();
      shown += said.length;
      refused.push(...said.filter((answer) => answer !== "taken"));
      for (const token of newest) {
        kids.add(kidOf(token.token));
        living.push({ until: now + 900_000, token });
      }
    }

    expect(tally(refused)).toEqual({});
    expect(kids.size).toBe(2);
    expect([...kids][0]).toBe(firstKid);
    expect(kidOf(minted(fleet).at(-1)?.token ?? "")).not.toBe(firstKid);
    expect(shown).toBeGreaterThan(900);
    countFigure(context, "parallel requests", shown);
  });

  it("is known to the verifier of the package before it signs", async () => {
    stopClock();
    const fleet = await startFleet();
    const [service = startService()] = fleet.fleet;
    const { publicUrl } = service.settings;
    const verify = accessTokenVerifier({ issuer: publicUrl, audience: API });
    const own = globalThis.fetch;
    globalThis.fetch = (input, init) => service.fetch(new Request(String(input), init as never));
    try {
      await runHourly();
      passSeconds(3_600);
      await rotateSigningKey();
      passSeconds(110);
      await refreshAll(fleet);
      const [before = ""] = fleet.clients.map(({ access_token }) => access_token);
      // It fetches the keys now, and for 30 seconds would not even for an id that it does not know.
      expect(await verify(before)).not.toBeNull();
      passSeconds(20);
      await refreshAll(fleet);
      const [token = ""] = fleet.clients.map(({ access_token }) => access_token);
      expect(kidOf(token)).not.toBe(kidOf(before));
      expect(await verify(token)).not.toBeNull();
    } finally {
      globalThis.fetch = own;
    }
  });
});

describe("KEY-03: retiring the signing key in an emergency", () => {
  it("has its tokens refused everywhere here within a minute, and refreshed ones taken", async () => {
    stopClock();
    const fleet = await startFleet();
    await runHourly();
    passSeconds(DAY_SECONDS / 2);
    await refreshAll(fleet);
    await showAll(fleet, minted(fleet));
    const old = minted(fleet);
    const oldKid = kidOf(old[0]?.token ?? "");

    await retireSigningKey(oldKid);
    const fresh = startService();
    expect(await profileOf(fresh, old[0]?.token ?? "")).toBe("profile 401");
    passSeconds(BOUND_SECONDS);

    const atHome = await showAll({ ...fleet, elsewhere: [] }, old);
    expect(tally(atHome)).toEqual({
      "profile 401": PEOPLE * ISOLATES,
      "introspected as inactive": PEOPLE * ISOLATES,
    });
    for (const service of fleet.fleet) {
      expect(await published(service)).not.toContain(oldKid);
    }
    // Sessions go on: whoever refreshes has a token of the next key, which everybody knows already.
    expect(await refreshAll(fleet)).toEqual([]);
    expect(minted(fleet).map(({ token }) => kidOf(token))).not.toContain(oldKid);
    expect(tally(await showAll(fleet, minted(fleet)))).toEqual({
      taken: PEOPLE * ISOLATES * 2 + PEOPLE * 2,
    });
  });

  it("has its tokens refused by jose elsewhere once its caches have run out, 16 minutes", async () => {
    stopClock();
    const fleet = await startFleet();
    await runHourly();
    passSeconds(900);
    await refreshAll(fleet);
    const old = minted(fleet).filter(({ own }) => !own);
    expect(tally(await showAll({ ...fleet, fleet: [] }, old))).toEqual({ taken: PEOPLE * 2 });

    await retireSigningKey(kidOf(old[0]?.token ?? ""));
    passSeconds(BOUND_SECONDS + 300 + 600);

    const keys = fleet.elsewhere;
    const answers = await Promise.all(
      old.flatMap(({ token }) =>
        keys.map((set) =>
          // Judged as of when it was good, so that it is the key alone that is missing.
          jwtVerify(token, set, {
            audience: API,
            currentDate: new Date(Date.now() - 960_000),
          }).then(
            () => "taken",
            ({ code }) => code,
          ),
        ),
      ),
    );
    expect(tally(answers)).toEqual({ ERR_JWKS_NO_MATCHING_KEY: PEOPLE * 2 });
  });

  it("makes a key at once where there is no next one", async () => {
    stopClock();
    const service = startService();
    const { accessToken, refreshToken } = await signedIn(service);
    for (const kid of await published(startService())) {
      await retireSigningKey(kid);
    }
    passSeconds(BOUND_SECONDS);
    const { body } = await service.ask<SignedInBody>("/api/auth/refresh", {
      body: { refreshToken },
    });
    expect(kidOf(body.accessToken)).not.toBe(kidOf(accessToken));
    expect(await profileOf(startService(), body.accessToken)).toBe("taken");
    expect(await profileOf(service, accessToken)).toBe("profile 401");
  });
});

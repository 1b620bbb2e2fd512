import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { planasonix } from "../../../src/surfaces/planasonix/contract.ts";
import { createdKey } from "../../support/api-keys.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { countCalls } from "../../support/count-calls.ts";
import { disableAccount } from "../../support/disabled.ts";
import { signedIn } from "../../support/people.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { seen } from "../../support/seen.ts";
import { type Asked, startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

const service = startPostOffice();
const UNAUTHORIZED = refusal(401, "unauthorized", "Send a valid access token as Bearer.", {
  headers: { "www-authenticate": 'Bearer error="invalid_token"' },
});
const NOT_FOR_KEYS = refusal(403, "insufficient_scope", "This credential may not do that.", {
  headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
});

const profile = (asked: Asked) => service.ask("/api/user/profile", { method: "GET", ...asked });
const withKey = (key: string) => profile({ bearer: key });

async function owner(options?: Parameters<typeof createdKey>[2]) {
  const { accessToken, person } = await signedIn(service);
  return { accessToken, person, ...(await createdKey(service, accessToken, options)) };
}

async function lastUsedAt(id: string): Promise<number | null> {
  const row = await env.DB.prepare("SELECT last_used_at FROM keys WHERE id = ?").bind(id).first();
  return row?.["last_used_at"] as number | null;
}

describe("an API key", () => {
  it("opens the profile as Bearer, in any case, and in the header of its own", async () => {
    const { key, person } = await owner();

    for (const headers of [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
      { "x-planasonix-api-key": key },
      { "X-Planasonix-Api-Key": key },
    ]) {
      expect(await profile({ headers })).toMatchObject({
        status: 200,
        body: { data: { email: person.email } },
      });
    }
  });

  it("never makes up for a Bearer that is bad", async () => {
    const { key } = await owner();
    const headers = { authorization: "Bearer nonsense", "x-planasonix-api-key": key };

    expect(seen(await profile({ headers }))).toEqual(UNAUTHORIZED);
  });

  it("is refused in the place of another credential", async () => {
    const { key } = await owner();

    expect((await profile({ headers: { authorization: `Basic ${btoa(`${key}:`)}` } })).status).toBe(
      401,
    );
    expect((await service.ask(`/api/user/profile?api_key=${key}`, { method: "GET" })).status).toBe(
      401,
    );
    expect((await profile({ headers: { "x-api-key": key } })).status).toBe(401);
  });

  it("is nobody's once it is deleted", async () => {
    const { key, id, accessToken } = await owner();
    await service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer: accessToken });

    expect(seen(await withKey(key))).toEqual(UNAUTHORIZED);
  });

  it("is good until it expires, to the second, and stays on the list", async () => {
    stopClock();
    const expires_at = new Date(Date.now() + DAY_SECONDS * 1000).toISOString();
    const { key, person } = await owner({ expires_at });

    passSeconds(DAY_SECONDS - 1);
    expect((await withKey(key)).status).toBe(200);
    passSeconds(1);
    expect(seen(await withKey(key))).toEqual(UNAUTHORIZED);

    const { accessToken } = await signedIn(service, person);
    const list = await service.ask("/api/user/api-keys", { method: "GET", bearer: accessToken });
    expect(list.body).toMatchObject({ meta: { total: 1 } });
  });

  it("is nobody's while its owner is disabled", async () => {
    const { key, person } = await owner();
    await disableAccount(person.email);

    expect(seen(await withKey(key))).toEqual(UNAUTHORIZED);
  });

  it("is nobody's at another tenant, or of another kind", async () => {
    const { key, id } = await owner();
    const set = (column: string, value: string) =>
      env.DB.prepare(`UPDATE keys SET ${column} = ? WHERE id = ?`).bind(value, id).run();

    await set("kind", "service");
    expect(seen(await withKey(key))).toEqual(UNAUTHORIZED);
    await set("kind", "api");
    expect((await withKey(key)).status).toBe(200);
    await set("tenant_id", crypto.randomUUID());
    expect(seen(await withKey(key))).toEqual(UNAUTHORIZED);
  });

  it("is held to its scopes", async () => {
    const { key: reads, accessToken } = await owner();
    const { key: writes } = await createdKey(service, accessToken, { scopes: ["profile:write"] });
    const { key: both } = await createdKey(service, accessToken, {
      scopes: ["profile:read", "profile:write"],
    });
    const { key: other } = await createdKey(service, accessToken, { scopes: ["reports:read"] });
    const write = (bearer: string) =>
      service.ask("/api/user/profile", { method: "PUT", bearer, body: { locale: "de-AT" } });
    const statuses = async (key: string) => [
      (await withKey(key)).status,
      (await write(key)).status,
    ];

    expect(await statuses(reads)).toEqual([200, 403]);
    expect(await statuses(writes)).toEqual([403, 200]);
    expect(await statuses(both)).toEqual([200, 200]);
    expect(await statuses(other)).toEqual([403, 403]);
    expect(seen(await withKey(writes))).toEqual(NOT_FOR_KEYS);
  });

  it("outlives the sign-in that made it", async () => {
    const { key, accessToken, person } = await owner();
    await service.ask("/api/user/password", {
      bearer: accessToken,
      body: { current_password: person.password, new_password: "quiet-heron-marsh" },
    });

    expect((await withKey(key)).status).toBe(200);
  });
});

describe("checking an API key", () => {
  const NOTHING = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };
  it("reads once and, within five minutes of the last use, writes nothing", async () => {
    stopClock();
    const { key, id } = await owner();
    await withKey(key);
    const used = await lastUsedAt(id);
    const statements: string[] = [];
    const watched = startService({
      DB: {
        prepare(sql: string) {
          statements.push(sql);
          return env.DB.prepare(sql);
        },
      },
    });

    passSeconds(300);
    const calls = await countCalls(() =>
      watched.ask("/api/user/profile", { method: "GET", bearer: key }),
    );

    expect(calls).toEqual({ ...NOTHING, d1: 1 });
    expect(statements).toEqual([expect.stringMatching(/^select /)]);
    expect(await lastUsedAt(id)).toBe(used);
  });

  it("notes the use of a key that was not used lately, after the answer", async () => {
    stopClock();
    const { key, id } = await owner();
    expect(await lastUsedAt(id)).toBeNull();

    await withKey(key);
    expect(await lastUsedAt(id)).toBe(Date.now());
    passSeconds(301);
    await withKey(key);
    expect(await lastUsedAt(id)).toBe(Date.now());
  });

  it("answers although the use cannot be noted", async () => {
    const { key } = await owner();
    const broken = startService({
      DB: {
        prepare: (sql: string) => {
          if (/^update/i.test(sql)) {
            throw new Error("no writes today");
          }
          return env.DB.prepare(sql);
        },
      },
    });

    const { status } = await broken.ask("/api/user/profile", { method: "GET", bearer: key });

    expect(status).toBe(200);
  });

  it.each([
    ["of no form", () => "plnx_live_nonsense"],
    ["with a letter mistyped", (key: string) => `${key.slice(0, -1)}${key.endsWith("0") ? 1 : 0}`],
    ["with a letter missing", (key: string) => key.slice(0, -1)],
  ])("costs no look-up where the key is one %s", async (_, spell) => {
    const { key } = await owner();

    const calls = await countCalls(async () => {
      expect(seen(await withKey(spell(key)))).toEqual(UNAUTHORIZED);
    });

    expect(calls).toEqual(NOTHING);
  });
});

describe("an API key opens no other row:", () => {
  let key: string;
  let dead: string;

  beforeAll(async () => {
    const { key: living, accessToken } = await owner({
      scopes: ["profile:read", "profile:write", "openid"],
    });
    const { key: deleted, id } = await createdKey(service, accessToken);
    await service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer: accessToken });
    key = living;
    dead = deleted;
  });

  const closed = Object.values(planasonix.routes)
    .map(([endpoint]) => endpoint)
    .filter((endpoint) => !endpoint.endsWith(" /api/user/profile"));

  it("eighteen rows, all but the profile", () => {
    expect(closed).toHaveLength(18);
  });

  it.each(closed)("%s", async (endpoint) => {
    const [method = "", pattern = ""] = endpoint.split(" ");
    const path = pattern.replace(":id", crypto.randomUUID());
    const ask = (headers: Record<string, string>) =>
      service.ask(path, { method, headers, ...(method === "POST" && { body: {} }) });

    expect(seen(await ask({ authorization: `Bearer ${key}` }))).toEqual(NOT_FOR_KEYS);
    expect(seen(await ask({ "x-planasonix-api-key": key }))).toEqual(NOT_FOR_KEYS);
    expect(seen(await ask({ authorization: `Bearer ${dead}` }))).toEqual(UNAUTHORIZED);
    expect(seen(await ask({ "x-planasonix-api-key": dead }))).toEqual(UNAUTHORIZED);
  });
});

describe("making an API key", () => {
  const elsewhere = startService();
  let bearer: string;

  beforeAll(async () => {
    bearer = (await signedIn(elsewhere)).accessToken;
  });

  const create = (body: object) => elsewhere.ask("/api/user/api-keys", { bearer, body });
  const invalid = (fields: Record<string, string>) =>
    refusal(400, "validation_error", "The request is not valid.", { fields });

  it.each([
    [{}, { name: "is required", scopes: "must be a list of texts" }],
    [{ name: "  ", scopes: [] }, { name: "must not be empty" }],
    [
      { name: 1, scopes: "x" },
      { name: "must be a text", scopes: "must be a list of texts" },
    ],
    [{ name: "A key", scopes: [1] }, { "scopes.0": "must be a list of texts" }],
    [{ name: "A key", scopes: ["a b"] }, { "scopes.0": "must be a scope" }],
    [
      { name: "A key", scopes: Array.from({ length: 51 }, () => "x") },
      { scopes: "must have at most 50 entries" },
    ],
  ])("refuses %j", async (body, fields) => {
    expect(seen(await create(body))).toEqual(invalid(fields));
  });

  it.each([
    1,
    {},
    true,
    "",
    "tomorrow",
    "2030-01-31",
    "2030-02-30T12:00:00Z",
    "2030-01-31T12:00:00",
  ])("refuses an expiry that is no time: %j", async (expires_at) => {
    expect(seen(await create({ name: "A key", scopes: [], expires_at }))).toEqual(
      invalid({ expires_at: "must be a time, such as 2030-01-31T12:00:00Z" }),
    );
  });

  it("refuses an expiry that is not ahead", async () => {
    stopClock();
    const fields = { expires_at: "must be in the future" };

    for (const expires_at of ["2020-01-31T12:00:00Z", new Date().toISOString()]) {
      expect(seen(await create({ name: "A key", scopes: [], expires_at }))).toEqual(
        invalid(fields),
      );
    }
  });

  it("takes an expiry in any zone, shows it in UTC, and takes null for none", async () => {
    const scopes = ["b", "a", "b"];

    expect(
      (await create({ name: " A key ", scopes, expires_at: "2126-01-31T12:00:00.5+02:00" })).body,
    ).toMatchObject({
      data: { name: "A key", scopes: ["b", "a"], expires_at: "2126-01-31T10:00:00Z" },
    });
    expect((await create({ name: "A key", scopes, expires_at: null })).body).toMatchObject({
      data: { expires_at: null },
    });
  });

  it("is fenced", async () => {
    const fenced = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });

    const { status, headers } = await fenced.ask("/api/user/api-keys", {
      bearer,
      body: { name: "A key", scopes: [] },
    });

    expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { Refused } from "../../src/core/refused.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";
import { heard, inOwnWords, invalid } from "./own-words.ts";
import { MARK, sendRaw } from "./raw.ts";
import { superadmin } from "./superadmin.ts";

const service = startService();
const contracts = new Map(surfaces.map((surface) => [surface.terms.contract, surface]));
let bearer: string;

beforeAll(async () => {
  bearer = await superadmin();
});

function surfaceOf(contract: string) {
  const surface = contracts.get(contract);
  if (!surface) {
    throw new Error(`there is no contract ${contract}`);
  }
  return surface;
}

/** What a contract answers at a path, with every header that it demands. */
async function ask(contract: string, method: string, path: string, more: Partial<Asked> = {}) {
  return heard(surfaceOf(contract), await sendRaw(service, { method, path, ...more }));
}
type Asked = Parameters<typeof sendRaw>[1];

const nothingHere = (contract: string) => inOwnWords(surfaceOf(contract), "route_unknown");

const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  planasonix: [
    ...["/api", "/api/", "/api/nothing", "/api/%ff", `/api/${MARK}`, "/api/constructor"],
    ...["/api/login/", "/api//login", "/api/Login", "/api/login%2f", "/api/login%00"],
    ...["/api/login;a=b", "/api/login%3Fx", "/api/logi", "/api/login/mfa/x"],
    // Look-alikes of other contracts' paths.
    ...["/api/user/me", "/api/user/login", "/api/user", "/api/V1/auth/me", "/api/v2/auth/me"],
  ],
  lnchr: [
    ...["/api/v1", "/api/v1/", "/api/v1/auth", "/api/v1/nothing", "/api/v1/auth/me/"],
    ...["/api/v1//auth/me", "/api/v1/auth/Me", "/api/v1/auth/%zz", `/api/v1/${MARK}`],
    ...["/api/v1/auth/signin", "/api/v1/auth/refresh", "/api/v1/user/profile"],
    ...["/default/api/v1", "/default/api/v1/", "/default/api/v1/nothing"],
    ...["/default/api/v1/auth/me/", "/default/api/v1/users/me"],
  ],
  credebl: [
    ...["/auth", "/auth/", "/auth/nothing", "/auth/%zz", `/auth/${MARK}`, "/auth/Signin"],
    ...["/auth/sessions", "/auth//sessions", "/auth/x/sessions/y", "/auth/x/sessions/"],
    ...["/auth/password-reset", "/auth/password-reset/", "/auth/password-reset/a@b.test/"],
    ...["/v1/auth", "/v1/auth/", "/v1/auth/nothing", "/v1/auth/signin/", "/v1/auth//signin"],
    // Look-alikes of other contracts' paths.
    ...["/auth/login", "/auth/me", "/auth/refresh", "/v1/auth/me", "/v1/auth/login"],
  ],
  pionne: [
    ...["/api/auth", "/api/auth/", "/api/auth/nothing", "/api/auth/%zz", `/api/auth/${MARK}`],
    ...["/api/auth/login/", "/api/auth//login", "/api/auth/Login", "/api/auth/tokens/"],
    ...["/api/auth/tokens/1/2", "/api/auth/refresh/", "/api/auth/refresh/x"],
    ...["/api/auth/signin", "/api/auth/setup-status", "/api/auth/register/totp"],
  ],
  planpoint: [
    ...["/api/users", "/api/users/", "/api/users/nothing", "/api/users/%zz"],
    ...[`/api/users/${MARK}`, "/api/users/login/", "/api/users//login", "/api/users/Login"],
    ...["/api/users/profile", "/api/users/password", "/api/users/me/x", "/api/users/register"],
  ],
};
const unknown = Object.entries(UNKNOWN).flatMap(([contract, paths]) =>
  paths.map((path) => ({ contract, path })),
);

describe("a path that nothing answers to", () => {
  it.each(unknown)("is refused in the envelope of $contract: $path", async ({ contract, path }) => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      expect(await ask(contract, method, path)).toEqual(nothingHere(contract));
    }
    const { body } = nothingHere(contract);
    expect(await ask(contract, "HEAD", path)).toEqual({ ...nothingHere(contract), body: null });
    expect(await ask(contract, "GET", path, { bearer })).toMatchObject({ status: 404, body });
    expect(
      await ask(contract, "POST", path, { body: "x".repeat(100_000), contentType: "text/plain" }),
    ).toEqual(nothingHere(contract));
  });

  it.each([
    ...["/nothing", "/apis", "/API/login", "/Api/login", "/%zz", `/${MARK}`, "//api/login"],
    ...["/api%2flogin", "//api/v1/auth/login", "/v1", "/v1/signin", "/v2/auth/signin"],
    ...["/V1/auth/signin", "/Auth/signin", "/default", "/default/api", "/default/api/v2/auth/me"],
    ...["/default/API/v1/auth/login", "/a/b/api/v1/auth/me", "/auths/signin", "/health/"],
  ])("is refused in OAuth's form elsewhere: %s", async (path) => {
    for (const method of ["GET", "POST"]) {
      expect(seen(await sendRaw(service, { method, path }))).toEqual({
        status: 404,
        headers: { "cache-control": "no-store", "content-type": "application/json" },
        body: { error: "invalid_request", error_description: "There is nothing here." },
      });
    }
  });

  it("is another thing than a path that takes another method, outside of contracts too", async () => {
    for (const path of ["/.well-known/jwks.json", "/health"]) {
      const { status, headers } = await sendRaw(service, { method: "POST", path });
      expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
    }
  });
});

describe("a tenant that there is not", () => {
  beforeAll(async () => {
    for (const slug of ["oauth", "auth", "api"]) {
      await newTenant({ slug });
    }
  });

  it.each([
    ["that nobody has", "nobody"],
    ["of a reserved name, whatever the table says", "oauth"],
    ["of another contract's base", "auth"],
    ["of its own base", "api"],
    ["in capitals", "API"],
    ["in other letters", "Default"],
    ["with a slash", "a%2Fb"],
    ["that goes on after a slash", "default%2F"],
    ["with a dot", "default."],
    ["of dots that are encoded twice", "%252e%252e"],
    ["with a space", "default%20"],
    ["with a NUL", "default%00"],
    ["that cannot be decoded", "%zz"],
    ["of another alphabet", "d%D0%B5fault"],
    ["of every object", "__proto__"],
    ["that is marked", encodeURIComponent(MARK)],
    ["that is very long", "a".repeat(5000)],
  ])("is nothing that is here: one %s", async (_, slug) => {
    const json = { body: "{}", contentType: "application/json" };

    for (const [method, path, sent] of [
      ["POST", "auth/login", json],
      ["POST", "auth/login", { body: MARK, contentType: "text/plain" }],
      ["POST", "auth/register", json],
      ["GET", "auth/setup-status", {}],
      ["GET", "auth/me", {}],
      ["GET", "auth/me", { bearer }],
      ["DELETE", "settings/service-keys/x", { bearer }],
      ["GET", "nothing", {}],
    ] as const) {
      expect(await ask("lnchr", method, `/${slug}/api/v1/${path}`, sent)).toEqual(
        nothingHere("lnchr"),
      );
    }
  });

  it("is told apart from one that there is", async () => {
    const { slug } = await newTenant();

    expect((await ask("lnchr", "GET", `/${slug}/api/v1/auth/setup-status`)).status).toBe(200);
    expect((await ask("lnchr", "GET", "/default/api/v1/auth/setup-status")).status).toBe(200);
    expect((await ask("lnchr", "GET", `/${slug}/api/v1/auth/me`, { bearer })).status).toBe(401);
  });
});

describe.each(["/api/v1", "/default/api/v1"])("Launcher's version under %s", (base) => {
  it.each([
    [404, "GET", "nothing", {}],
    [405, "PUT", "auth/login", {}],
    [413, "POST", "auth/login", { body: "x".repeat(100_000) }],
    [415, "POST", "auth/login", { body: "{}", contentType: "text/plain" }],
    [400, "POST", "auth/login", { body: "{", contentType: "application/json" }],
    [401, "GET", "auth/me", {}],
    [200, "GET", "auth/setup-status", {}],
    [204, "POST", "auth/logout", {}],
  ])("is told with %d", async (status, method, path, more) => {
    const answer = await sendRaw(service, { method, path: `${base}/${path}`, ...more });

    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-plane-version")).toBe("1.0.0");
  });
});

describe.each(["/auth", "/v1/auth"])("a part of a path under %s", (base) => {
  it.each([
    ["no UUID", "x"],
    ["a UUID with something behind it", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21x"],
    ["a UUID in braces", "%7B0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21%7D"],
    ["a UUID and a line break", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21%0a"],
    ["undecodable", "%zz"],
    ["no UTF-8", "%ff"],
    ["two parts in one", "a%2Fb"],
    ["a NUL", "%00"],
    ["marked", encodeURIComponent(MARK)],
    ["another row's word", "password-reset"],
  ])("is no session and nobody: %s", async (_, part) => {
    const credebl = surfaceOf("credebl");
    const stranger = inOwnWords(credebl, "unauthenticated", { "www-authenticate": "Bearer" });

    for (const [method, name] of [
      ["GET", "userId"],
      ["DELETE", "sessionId"],
    ] as const) {
      const path = `${base}/${part}/sessions`;
      expect(await ask("credebl", method, path)).toEqual(stranger);
      expect(await ask("credebl", method, path, { bearer })).toEqual(
        inOwnWords(credebl, invalid([name], "must be a UUID")),
      );
    }
  });

  it.each([
    ...["a%40b.test", "a@b.test", "a%2540b.test", "%zz", "%ff", "a%2Fb", "%00", "sessions"],
    ...["%22a%20b%22%40b.test", "o'neil@b.test", encodeURIComponent(MARK), "a".repeat(5000)],
  ])("is no address that a link was mailed to: %s", async (part) => {
    const body = JSON.stringify({ password: "gentle-otter-marsh", token: "x" });
    const sent = { body, contentType: "application/json" };

    expect(await ask("credebl", "POST", `${base}/password-reset/${part}`, sent)).toEqual(
      inOwnWords(surfaceOf("credebl"), "mailed_link_invalid"),
    );
  });

  it("may make two rows of one path", async () => {
    const { headers } = await sendRaw(service, {
      method: "PUT",
      path: `${base}/password-reset/sessions`,
    });

    expect(headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "HEAD", "POST"]);
  });
});

describe("an id in a path that is no id", () => {
  it.each(["x", "-1", "1e3", "0", "9007199254740993", "%zz", "%00", "1%2F2", "1%20"])(
    "is the id of nothing: %s",
    async (id) => {
      for (const [contract, path, reason] of [
        ["pionne", "/api/auth/tokens", "session_unknown"],
        ["planasonix", "/api/user/api-keys", "key_unknown"],
        ["lnchr", "/api/v1/settings/service-keys", "key_unknown"],
      ] as const) {
        expect(await ask(contract, "DELETE", `${path}/${id}`, { bearer })).toEqual(
          inOwnWords(surfaceOf(contract), new Refused(reason)),
        );
      }
    },
  );
});

describe("a path in another spelling", () => {
  it("is the same path where RFC 3986 says so", async () => {
    const sent = { body: "{", contentType: "application/json" };

    for (const path of ["/%61pi/login", "/api/./login", "/api/x/../login", "/api/login?a=b#c"]) {
      expect(await ask("planasonix", "POST", path, sent)).toEqual(
        inOwnWords(surfaceOf("planasonix"), invalid(["body"], "must be JSON in UTF-8")),
      );
    }
  });
});

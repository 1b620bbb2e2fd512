import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import {
  askToken,
  codeFor,
  oauthRefusal,
  redemption,
  spaTokens,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const PATH = "/oauth/userinfo";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const service = startService();
const UNAUTHORIZED = oauthRefusal(401, "invalid_token", "The access token is not valid.", {
  "www-authenticate": 'Bearer realm="Latchkey", error="invalid_token"',
});
const NO_TOKEN = {
  status: 401,
  headers: { "cache-control": "no-store", "www-authenticate": 'Bearer realm="Latchkey"' },
  body: "",
};
const invalid = (issue: string) =>
  oauthRefusal(400, "invalid_request", `The request is not valid. ${issue}`, {
    "www-authenticate": 'Bearer realm="Latchkey", error="invalid_request"',
  });
const ELSEWHERE = invalid("access_token must stand in the Authorization header alone.");
const MALFORMED = invalid("Authorization must be Bearer and one token.");

beforeAll(registerOAuthClients);

/** The token that somebody new gave `test-spa`, for some scopes. */
async function tokenFor(scopes: string[]) {
  const { accessToken, person } = await signedIn(service);
  const code = await codeFor(service, accessToken, { scopes });
  return { ...tokensIn(await askToken(service, redemption(code))), bearer: accessToken, person };
}

const ask = (headers: Record<string, string>, path = PATH) =>
  service.ask(path, { method: "GET", headers });

describe("what a client is told of a person", () => {
  it.each([
    [["openid"], ["sub"]],
    [
      ["openid", "profile"],
      ["family_name", "given_name", "name", "sub", "updated_at"],
    ],
    [
      ["openid", "email"],
      ["email", "email_verified", "sub"],
    ],
  ])("for %j is %j", async (scopes, claims) => {
    const { access_token } = await tokenFor(scopes);

    expect(Object.keys((await userInfo(service, access_token)).body).sort()).toEqual(claims);
  });

  it("is all that was said of it, by the names of OpenID Connect", async () => {
    const { access_token, bearer, person } = await tokenFor(["openid", "profile", "email"]);
    await service.ask("/api/user/profile", {
      method: "PUT",
      bearer,
      body: { timezone: "Europe/Vienna" },
    });
    await env.DB.prepare("UPDATE accounts SET profile = ? WHERE email = ?")
      .bind(
        JSON.stringify({
          timezone: "Europe/Vienna",
          locale: "de-AT",
          avatarUrl: "https://cdn.example.test/a.png",
          phone: "+43 1 23456",
        }),
        person.email,
      )
      .run();

    expect(seen(await userInfo(service, access_token))).toEqual({
      status: 200,
      headers: { "cache-control": "no-store", "content-type": "application/json" },
      body: {
        sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: "Robin Example",
        given_name: "Robin",
        family_name: "Example",
        picture: "https://cdn.example.test/a.png",
        zoneinfo: "Europe/Vienna",
        locale: "de-AT",
        updated_at: expect.any(Number),
        email: person.email,
        email_verified: false,
      },
    });
  });

  it("is the same by POST, with a body or without", async () => {
    const { access_token } = await tokenFor(["openid", "email"]);
    const { body } = await userInfo(service, access_token);

    const answers = [
      await service.ask(PATH, { bearer: access_token }),
      await service.ask(PATH, { bearer: access_token, body: "", headers: FORM }),
      await service.ask(PATH, { bearer: access_token, body: "a=b", headers: FORM }),
      await service.ask(PATH, { bearer: access_token, body: { access_token: "x" } }),
    ];

    expect(answers.map((answer) => answer.body)).toEqual([body, body, body, body]);
  });
});

describe("RS-02: a request", () => {
  it.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["another scheme", { authorization: "Basic dGVzdDp0ZXN0" }],
    ["a cookie", { cookie: "__Host-latchkey=x" }],
    ["a key in its own header", { "x-planasonix-api-key": "x" }],
  ])("without a token is told that one is needed, and no error: %s", async (_, headers) => {
    expect(seen(await ask(headers))).toEqual(NO_TOKEN);
  });

  it("with a token that is no good is told so", async () => {
    expect(seen(await userInfo(service, "none"))).toEqual(UNAUTHORIZED);
    expect(seen(await userInfo(service, "1|secret"))).toEqual(UNAUTHORIZED);
  });

  it("with a token that may do less is told which scope is missing", async () => {
    const { access_token } = await tokenFor(["profile", "profile:read"]);

    expect(seen(await userInfo(service, access_token))).toEqual(
      oauthRefusal(403, "insufficient_scope", "The access token may not do that.", {
        "www-authenticate": 'Bearer realm="Latchkey", error="insufficient_scope", scope="openid"',
      }),
    );
  });

  it("with a token of an account that has to change its password first is refused", async () => {
    const { access_token, person } = await tokenFor(["openid"]);
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();

    expect(seen(await userInfo(service, access_token))).toEqual(
      oauthRefusal(401, "invalid_token", "The account has to change its password first.", {
        "www-authenticate": 'Bearer realm="Latchkey", error="invalid_token"',
      }),
    );
  });

  it("with a token that has expired, or whose account is disabled, is refused", async () => {
    stopClock();
    const [old, disabled] = [await tokenFor(["openid"]), await tokenFor(["openid"])];
    await disableAccount(disabled.person.email);
    expect(seen(await userInfo(service, disabled.access_token))).toEqual(UNAUTHORIZED);

    passSeconds(899);
    expect((await userInfo(service, old.access_token)).status).toBe(200);
    passSeconds(1);
    expect(seen(await userInfo(service, old.access_token))).toEqual(UNAUTHORIZED);
  });
});

describe("RS-01: a token stands in the header alone", () => {
  it("not in the query, whether or not there is one in the header", async () => {
    const { access_token } = await spaTokens(service);
    const bearer = { authorization: `Bearer ${access_token}` };
    for (const name of ["access_token", "ACCESS_TOKEN", "access%5Ftoken"]) {
      const path = `${PATH}?${name}=${access_token}`;
      expect(seen(await ask({}, path))).toEqual(ELSEWHERE);
      expect(seen(await ask(bearer, path))).toEqual(ELSEWHERE);
    }
  });

  it("not in a form, whether or not there is one in the header", async () => {
    const { access_token } = await spaTokens(service);
    const sent = { body: `access_token=${access_token}`, headers: FORM };

    expect(seen(await service.ask(PATH, sent))).toEqual(ELSEWHERE);
    expect(seen(await service.ask(PATH, { ...sent, bearer: access_token }))).toEqual(ELSEWHERE);
  });

  it.each(["%zz", "access_token=a&access_token=b", "a=%ff"])(
    "nor in a form that cannot be read: %s",
    async (body) => {
      const { access_token } = await spaTokens(service);

      expect(seen(await service.ask(PATH, { body, bearer: access_token, headers: FORM }))).toEqual(
        ELSEWHERE,
      );
    },
  );

  it.each(["Bearer", "Bearer ", "Bearer a b", "bearer a, Bearer b", "Bearer a,b c"])(
    "and a header that is malformed is said to be: %s",
    async (authorization) => {
      expect(seen(await ask({ authorization }))).toEqual(MALFORMED);
    },
  );

  it("with Bearer in any case", async () => {
    const { access_token } = await spaTokens(service);
    for (const scheme of ["Bearer", "bearer", "BEARER"]) {
      expect((await ask({ authorization: `${scheme} ${access_token}` })).status).toBe(200);
    }
  });
});

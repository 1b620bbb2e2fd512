import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BACKEND, basic, DEVICE_CODE_GRANT } from "../support/oauth.ts";
import { TEST_SECRET } from "../support/oauth-clients.ts";
import type { Case } from "./ask.ts";
import { formBodies, jsonBodies, mutatedPairs, type Pairs } from "./bodies.ts";
import { type Headers, hostileHeaders } from "./headers.ts";
import { type OtherRoute, oauthRoutes } from "./other-routes.ts";
import { runCases } from "./run-cases.ts";
import { expectOAuthRefusal } from "./sound.ts";
import { stage, statuses } from "./stage.ts";
import { MARK } from "./texts.ts";

/** Each has many refusals to come past before it does anything. */
const CASES = 150;

/** What an endpoint of OAuth may be told, with what means something there. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  grant_type: [
    ...["authorization_code", "refresh_token", "client_credentials", DEVICE_CODE_GRANT],
    ...["password", "implicit", MARK],
  ],
  client_id: ["test-spa", "test-oauth-tv", "test-backend", "test-api", "nobody"],
  client_secret: [TEST_SECRET, "wrong"],
  code: ["‹code›", "‹oauthDeviceCode›", "‹sealedRequest›"],
  redirect_uri: ["https://spa.example.test/callback", "http://127.0.0.1:1/callback", "//x"],
  code_verifier: ["dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "x"],
  refresh_token: ["‹oauthRefreshToken›", "‹refreshToken›", "‹oauthToken›", "lk_rt_AAAA"],
  device_code: ["‹oauthDeviceCode›", "‹deviceCode›", "‹code›"],
  token: [
    ...["‹oauthToken›", "‹oauthRefreshToken›", "‹idToken›", "‹accessToken›", "‹numberedToken›"],
    ...[
      "‹key›",
      "‹pageCookie›",
      "‹oauthToken›x",
      " ‹oauthToken›",
      "a.b.c",
      "eyJhbGciOiJub25lIn0.e30.",
    ],
  ],
  token_type_hint: ["refresh_token", "access_token", MARK],
  scope: ["openid", "openid profile email", "profile:read", " ", `openid <${MARK}>`],
  resource: ["https://api.example.test", "https://other.example.test", `urn:${MARK}`],
  code_challenge: ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "x"],
  code_challenge_method: ["S256", "plain"],
  client_assertion: ["‹idToken›"],
};
/** Said by few: with them a request is mostly over. */
const RARE = ["client_secret", "client_assertion", "resource", "code_challenge_method"];

const pairs: fc.Arbitrary<Pairs> = fc
  .tuple(
    ...Object.entries(PARAMETERS).map(([name, values]) =>
      fc.oneof(
        { weight: RARE.includes(name) ? 1 : 4, arbitrary: pairOf(name, values) },
        { weight: RARE.includes(name) ? 6 : 1, arbitrary: fc.constant([]) },
      ),
    ),
  )
  .map((all) => all.flat());

function pairOf(name: string, values: readonly string[]): fc.Arbitrary<Pairs> {
  return fc.constantFrom(...values).map((value) => [[name, value]]);
}

const FORM = "application/x-www-form-urlencoded";
const AUTHORIZATIONS: readonly Headers[] = [
  ...[
    {},
    {},
    {},
    { authorization: basic(BACKEND.basic) },
    { authorization: basic(["test-api", TEST_SECRET]) },
  ],
  ...[{ authorization: basic(["test-backend", MARK]) }, { authorization: basic([MARK, ""]) }],
  { authorization: `Basic ${btoa("\xff:\xff")}` },
  { authorization: "Bearer ‹oauthToken›" },
];

function requestsFor({ method, path }: OtherRoute): fc.Arbitrary<Case> {
  const asForm = formBodies(pairs).map((body) => ({ body, type: FORM }));
  const asJson = jsonBodies(pairs.map((all) => Object.fromEntries(all))).map((body) => ({
    body,
    type: "application/json",
  }));
  return fc
    .record({
      sent: fc.oneof({ weight: 3, arbitrary: asForm }, { weight: 2, arbitrary: asJson }),
      otherType: fc.option(
        fc.constantFrom(
          `${FORM}; charset=latin1`,
          "text/plain",
          "multipart/form-data; boundary=x",
          "",
        ),
        { freq: 8 },
      ),
      query: fc.oneof(
        { weight: 9, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: mutatedPairs(pairs) },
      ),
      authorization: fc.constantFrom(...AUTHORIZATIONS),
      wrong: hostileHeaders,
    })
    .map(({ sent, otherType, query, authorization, wrong }) => ({
      method,
      path,
      query,
      headers: { "content-type": otherType ?? sent.type, ...authorization, ...wrong },
      body: sent.body,
    }));
}

describe.each(oauthRoutes)("INP-01, DEV-01, TOK-03: $method $path", (route) => {
  it("answers whatever comes, or refuses it in OAuth's form with nothing of it in there", async (context) => {
    const { perform } = stage();

    await runCases(context, CASES, requestsFor(route), async (input) => {
      const answer = await perform(input);
      if (answer.status >= 400) {
        expectOAuthRefusal(answer);
      }
    });
  });
});

it("all of them together come past the first check, and past the fences", () => {
  const count = (status: number) => statuses.get(status) ?? 0;
  const all = [...statuses.values()].reduce((sum, one) => sum + one, 0);

  expect(all).toBe(oauthRoutes.length * CASES);
  expect(count(429) / all).toBeLessThan(0.03);
  expect(count(200) / all).toBeGreaterThan(0.2);
});

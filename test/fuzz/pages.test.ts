import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeField } from "../../src/pages/authorize/chosen-scopes.ts";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { OWN_FORM } from "../support/page-session.ts";
import { startService } from "../support/service.ts";
import type { Case } from "./ask.ts";
import { formBodies, type Pairs } from "./bodies.ts";
import { type Headers, hostileHeaders } from "./headers.ts";
import { type OtherRoute, pageRoutes } from "./other-routes.ts";
import { pathsLike, queries } from "./requests.ts";
import { runCases } from "./run-cases.ts";
import { stage, statuses } from "./stage.ts";
import { hostileText, MARK } from "./texts.ts";

const CASES = { GET: 30, POST: 60 };

const CALLBACK = "https://spa.example.test/callback";
const RETURN_TO = [
  ...["/account", "/device?user_code=‹userCode›", "/oauth/consent?request=‹sealedRequest›"],
  "/manage/accounts/‹accountId›",
  ...[
    "//evil.example",
    "/\\evil.example",
    `javascript:${MARK}`,
    `/account/email/confirm?token=${MARK}`,
  ],
  ...[`/device?user_code="><${MARK}>`, "/account/../..//evil.example", "https:evil.example"],
];
const PASSKEY_ANSWERS = [
  ...[
    "",
    "{}",
    '{"id":"AAAA"}',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}',
    "null",
    "[]",
  ],
  `{"id":"AAAA","response":{"clientDataJSON":"e30","attestationObject":"oA","transports":["${MARK}"]}}`,
];

/** Every field of every form and address, with what means something in it. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  after: ["‹formToken›", MARK],
  answer: PASSKEY_ANSWERS,
  before: ["0197f2aa-0000-7abc-8def-0123456789ab", "x"],
  ceremony: ["‹ceremony›", "‹formToken›", "x"],
  challenge: ["‹ceremony›", "x"],
  code: ["123456", "12 34 56", "ABCDE-FGHJK"],
  compared: ["on"],
  csrf: ["‹formToken›"],
  current_password: ["‹password›", "wrong"],
  decision: ["approve", "deny", "allow"],
  device_name: ["Living room", `<${MARK}>`],
  done: ["profileSaved", "toString", MARK],
  email: ["‹email›", "nobody@example.test", `"<${MARK}>"@example.test`],
  key: ["‹keyId›", "x"],
  language: ["en", "de", "xx"],
  life: ["30", "90", "never", "-1"],
  mailed_code: ["123456", "000000"],
  name: ["Robin Example", `<${MARK}>`, `' ${MARK}='`],
  new_password: ["‹newPassword›", "password1", "short"],
  passkey: ["0197f2aa-0000-7abc-8def-0123456789ab", "x"],
  password: ["‹password›", "‹newPassword›", "wrong"],
  prefix: ["", "p-", `"><${MARK}>`, "%"],
  request: ["‹sealedRequest›", "‹formToken›"],
  return_to: RETURN_TO,
  search: ["‹sealedSearch›", "‹sealedSearch›", "‹formToken›", "x"],
  session: ["‹sessionId›", "x"],
  set_up: ["‹ceremony›", "x"],
  to: ["‹email›", `<${MARK}>`],
  token: ["‹mailedToken›", "x", `<${MARK}>`],
  typed: ["on"],
  user_code: ["‹userCode›", "bcdf ghjk", `<${MARK}>`],
  v: ["1", MARK],
  verificationCode: ["‹mailedToken›", "x"],
};
const SCOPES = ["openid", "profile", "email", "profile:read", "profile:write", `<${MARK}>`];
const BOXES = SCOPES.flatMap((scope) => [scope, scopeField(scope)]);

/** An authorization request in order, and what else may stand in one. RFC 6749 §4.1.1, OIDC Core §3.1.2.1. */
const AUTHORIZATION: Readonly<Record<string, readonly string[]>> = {
  response_type: ["code", "code", "code", "token"],
  client_id: ["test-spa", "test-spa", "test-first-party", "test-backend", "nobody"],
  redirect_uri: [CALLBACK, CALLBACK, "http://127.0.0.1:65535/callback", `${CALLBACK}/${MARK}`],
  code_challenge: ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
  code_challenge_method: ["S256", "S256", "plain"],
  state: ["a-state", `"><${MARK}>`, `\r\n${MARK}: 1`, "‹a*2048›", "🦦"],
  scope: ["openid", "openid profile email", `<${MARK}>`],
  nonce: ["a-nonce", MARK],
  prompt: ["none", "login", "consent", "none login", MARK],
  max_age: ["0", "3600", "-1", "1e9"],
  login_hint: ["‹email›", `"><${MARK}>`],
  id_token_hint: ["‹idToken›", "‹oauthToken›", "x"],
  response_mode: ["query", "fragment"],
  resource: ["https://api.example.test"],
  request: ["x"],
  request_uri: ["https://evil.example"],
};
const NEEDED = [
  "response_type",
  "client_id",
  "redirect_uri",
  "code_challenge",
  "code_challenge_method",
];

const fields = someOf(FIELDS, () => 3);
const boxes = fc
  .subarray(BOXES, { maxLength: 6 })
  .map((names) => names.map((name) => [name, "on"] as const));
const authorization = someOf(AUTHORIZATION, (name) => (NEEDED.includes(name) ? 30 : 0.3));

/** Pairs of each of these names, but one in so many that is left out. */
function someOf(
  names: Readonly<Record<string, readonly string[]>>,
  leftOutOf: (name: string) => number,
): fc.Arbitrary<Pairs> {
  const each = Object.entries(names).map(([name, values]) => {
    const weight = leftOutOf(name);
    const pair = meantOrNot(name, values).map((value): Pairs => [[name, value]]);
    return fc.oneof(
      { weight: Math.round(weight * 10), arbitrary: pair },
      { weight: 10, arbitrary: fc.constant([]) },
    );
  });
  return fc.tuple(...each).map((all) => all.flat());
}

/** Of so many fields few matter to a page: each of them is now and then what nobody meant. */
function meantOrNot(name: string, values: readonly string[]): fc.Arbitrary<string> {
  const meant = fc.constantFrom(...values);
  return name === "csrf"
    ? meant
    : fc.oneof({ weight: 9, arbitrary: meant }, { weight: 1, arbitrary: hostileText });
}

const WHO: readonly Headers[] = [
  ...[{ cookie: "latchkey=‹pageCookie›" }, { cookie: "latchkey=‹pageCookie›" }],
  ...[{}, { cookie: "latchkey=‹accessToken›" }],
];
const TYPES = fc.oneof(
  { weight: 15, arbitrary: fc.constant(OWN_FORM["content-type"]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "application/json",
      "multipart/form-data; boundary=x",
      "multipart/form-data",
      "",
    ),
  },
);
const MULTIPART = ["email", "csrf", "__proto__", `a"; ${MARK}="1`].flatMap((name) =>
  ["", '; filename="x"', '; filename="'].map(
    (file) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n‹email›\r\n--x--\r\n`,
  ),
);

function requestsFor({ method, path }: OtherRoute): fc.Arbitrary<Case> {
  const isAuthorize = path === "/oauth/authorize";
  const fits = isAuthorize ? authorization : fc.tuple(fields, boxes).map((both) => both.flat());
  const urlEncoded = formBodies(fits).map((body) => ({ body, type: {} }));
  const multipart = fc.constantFrom(...MULTIPART).map((text) => ({
    body: { text },
    type: { "content-type": "multipart/form-data; boundary=x" },
  }));
  return fc
    .record({
      path: pathsLike(path),
      query: method === "GET" ? queries(fits) : fc.constant([]),
      sent: fc.oneof({ weight: 15, arbitrary: urlEncoded }, { weight: 1, arbitrary: multipart }),
      contentType: TYPES,
      who: fc.constantFrom(...WHO),
      wrong: hostileHeaders,
    })
    .map(({ path, query, sent, contentType, who, wrong }) => ({
      method,
      path,
      query,
      headers: {
        ...{ accept: "text/html", ...OWN_FORM, "content-type": contentType },
        ...sent.type,
        ...who,
        ...wrong,
      },
      body: sent.body,
    }));
}

/** Here, or to a client that is registered there. */
const LEADS_TO = new RegExp(
  `^(/(?![/\\\\])|(${CALLBACK}|http://127\\.0\\.0\\.1(:\\d+)?/callback|https://backend\\.example\\.test/callback)\\?)`,
);
/** RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6, RFC 8707 §2. */
const TOLD_TO_CLIENTS = [
  ...["invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type"],
  ...["invalid_scope", "invalid_target", "login_required", "consent_required"],
  ...["interaction_required", "request_not_supported", "request_uri_not_supported"],
];

describe.each(pageRoutes)("INP-01, WEB-03: $method $path", (route) => {
  it("shows a page, whatever comes, in which that is nothing but text", async (context) => {
    const { perform } = stage();

    await runCases(context, CASES[route.method as "GET"], requestsFor(route), async (input) => {
      const { status, headers, text } = await perform(input);
      const location = headers.get("location");
      expect(location !== null).toBe(status >= 300 && status < 400);
      if (location !== null) {
        expect([status, text]).toEqual([303, ""]);
        expectHonest(location);
      } else if (status >= 400) {
        expect(headers.get("content-type")).toMatch(
          /^(text\/html; charset=UTF-8|application\/json)$/,
        );
      }
    });
  });
});

function expectHonest(location: string): void {
  expect(location).toMatch(LEADS_TO);
  const url = new URL(location, "http://localhost:8787");
  if (url.pathname === "/callback") {
    const { error, error_description: why } = Object.fromEntries(url.searchParams);
    expect([undefined, ...TOLD_TO_CLIENTS]).toContain(error);
    expect(why ?? "x").toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  }
}

describe("all of them together", () => {
  it("come past the first check, and past the fences", () => {
    const count = (status: number) => statuses.get(status) ?? 0;
    const all = [...statuses.values()].reduce((sum, one) => sum + one, 0);

    expect(count(429) / all).toBeLessThan(0.03);
    expect(count(403) / all).toBeLessThan(0.25);
    expect((count(200) + count(303)) / all).toBeGreaterThan(0.3);
  });

  it("are asked with every field that any of their forms has", async () => {
    const service = startService();
    const { browser } = await signedInBrowser(service);
    const names = new Set<string>();
    for (const { path } of pageRoutes.filter(({ method }) => method === "GET")) {
      for (const visitor of [browser, new Browser(service)]) {
        const { forms } = await visitor.open(path);
        for (const name of forms.flatMap(({ fields, boxes }) =>
          Object.keys({ ...fields, ...boxes }),
        )) {
          names.add(name);
        }
      }
    }

    expect(names.size).toBeGreaterThan(12);
    names.delete("");
    expect([...names].filter((name) => !(name in FIELDS) && !BOXES.includes(name))).toEqual([]);
  });
});

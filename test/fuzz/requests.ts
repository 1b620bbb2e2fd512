import fc from "fast-check";
import { DEVICE_CODE_GRANT } from "../../src/core/client/client.ts";
import type { AnyAudience } from "../../src/surfaces/surface.ts";
import { acceptsBody } from "../surfaces/accepts-body.ts";
import type { ServedRow } from "../surfaces/every-row.ts";
import type { Case } from "./ask.ts";
import { jsonBodies, mutatedPairs, type Pairs } from "./bodies.ts";
import { fitting, type Meanings } from "./from-schema.ts";
import { FUZZED_WEBHOOK } from "./fuzzed-webhook.ts";
import { type Headers, hostileHeaders } from "./headers.ts";
import { hostileText, percentEncoded } from "./texts.ts";

const SVG = btoa('<svg xmlns="http://www.w3.org/2000/svg"/>');
const MEANINGS = meanings({
  email: ["‹email›", "‹email›", "nobody@example.test"],
  username: ["‹email›", "nobody@example.test"],
  password: ["‹password›", "‹password›", "wrong-otter-marsh-lamp"],
  current_password: ["‹password›", "‹password›", "wrong"],
  oldPassword: ["‹password›", "wrong"],
  new_password: ["‹newPassword›", "‹password›", "password1", "short"],
  newPassword: ["‹newPassword›", "password1"],
  name: ["Robin Example", "‹email›", "<x-mark>", "' x-mark='"],
  display_name: ["Robin Example", '"><x-mark a="'],
  token: ["‹mailedToken›", "x", "‹accessToken›"],
  refreshToken: ["‹refreshToken›", "‹credeblRefreshToken›", "‹oauthRefreshToken›", "plnx_rt_"],
  planpointRefresh: ["‹planpointRefreshToken›", "‹planpointToken›"],
  mfaToken: ["plnx_mfa_x", "‹accessToken›"],
  totp_token: ["x", "‹numberedToken›"],
  code: ["123456", "000 000"],
  totpCode: ["123456"],
  totp_code: ["123456"],
  recovery_code: ["ABCDE-FGHJK"],
  recoveryCode: ["abcde-fghjk"],
  enrollment_id: ["x", "‹accessToken›"],
  clientId: ["test-tv", "test-cli", "test-web", "nobody"],
  scopes: ["profile:read", "openid", "profile", "nothing"],
  deviceCode: ["‹deviceCode›", "‹oauthDeviceCode›", "‹accessToken›"],
  userCode: ["‹userCode›", "‹userCode›", "BCDF-GHJK", "bcdf ghjk"],
  timezone: ["Europe/Vienna", "UTC", "Etc/GMT+12", "+01:00"],
  locale: ["de-AT", "EN", "zh-Hant-TW-u-ca-chinese", "x-private"],
  clientAlias: ["demo-studio", "nobody"],
  platformName: ["<x-mark>", "Studio"],
  verificationCode: ["‹mailedToken›"],
  id: ["‹keyId›", "1", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21"],
  sessions: ["‹sessionId›", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21"],
  userId: ["‹sessionId›"],
  sessionId: ["‹sessionId›"],
  accountId: ["‹accountId›", "‹accountId›", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21"],
  slug: ["fuzzed", "nobody"],
  kind: ["address-taken", "address-taken", "address-taken", "login-code", "nobody"],
  language: ["de", "en"],
  lead: ["Somebody wants to register at {brand}.", "<x-mark>", "{x-mark}"],
  alias: ["studio", "studio", "x-mark", "-x"],
  webhookId: [FUZZED_WEBHOOK, FUZZED_WEBHOOK, "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21"],
  url: [
    ...["https://hooks.example.com/in", "https://hooks.example.com/x-mark"],
    ...["https://10.0.0.1/", "http://localhost/<x-mark>"],
  ],
  events: ["signed-in", "account-made", "x-mark"],
  client: ["fuzzed", "fuzzed", "fuzzed", "nobody"],
  account: ["‹accountId›", "client:test-tv"],
  actor: ["‹accountId›", "operator"],
  brand_color: ["#0b5a54", "red"],
  brand_logo: [SVG, SVG, btoa("<svg><x-mark/></svg>"), btoa("<x-mark>"), "x"],
  sender_name: ["Acme", "<x-mark>", "a@b"],
  reply_to: ["help@acme.test", "x-mark"],
  grants: [DEVICE_CODE_GRANT, DEVICE_CODE_GRANT, DEVICE_CODE_GRANT, "client_credentials"],
  redirect_uris: ["https://a.test/cb", "http://x"],
  resources: ["https://api.example.test", "https://api.example.test", "urn:x", "x"],
  keyId: ["‹keyId›", "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21"],
  email_prefix: ["p-", "‹email›", "%", "nobody"],
  cursor: ["0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21", "‹mailedToken›"],
  tenant: ["default", "default", "default", "nobody"],
});

/** Letters have either this or most of the rest: it is seldom there. */
const WHAT = fc.oneof(
  { weight: 9, arbitrary: fc.constant(undefined as unknown as string) },
  { weight: 1, arbitrary: fc.constant("x-mark") },
);

function meanings(texts: Readonly<Record<string, readonly string[]>>): Meanings {
  return Object.fromEntries(
    Object.entries(texts).map(([name, some]) => [name, fc.constantFrom(...some)]),
  );
}

/** The parts of a request that a row is likely to take, by its own schema. */
export function fittingParts({ route: [, , request] }: ServedRow): fc.Arbitrary<Parts> {
  return fitting(request, { ...MEANINGS, what: WHAT }).map((parts) => (parts ?? {}) as Parts);
}
type Parts = Readonly<
  Partial<Record<"body" | "params" | "query" | "headers" | "cookies", Record<string, unknown>>>
>;

/** Requests for a row: in order, or not in order in any of their parts, by whom it is for and by others. */
export function requestsFor(row: ServedRow): fc.Arbitrary<Case> {
  const { method, endpoint, surface, route } = row;
  const parts = fittingParts(row);
  const pattern = endpoint.slice(endpoint.indexOf("/"));
  return fc
    .record({
      path: pathsLike(pattern),
      query: queries(parts.map(({ query }) => pairsOf(query))),
      own: parts.map(ownHeaders),
      caller: callers(route[1], surface.keyHeader),
      wrong: hostileHeaders,
      contentType: CONTENT_TYPES,
      body: jsonBodies(parts.map(({ body }) => body)),
      isBodiless: fc.nat(refusesBodies(row) ? 1 : 20).map((n) => n === 0),
    })
    .map(({ path, query, own, caller, wrong, contentType, body, isBodiless }) => ({
      method,
      path,
      query,
      headers: { ...(!isBodiless && { "content-type": contentType }), ...own, ...caller, ...wrong },
      body: isBodiless ? null : body,
    }));
}

/** Whether a row takes no body, and looks whether it is sent one. */
function refusesBodies(row: ServedRow): boolean {
  return acceptsBody(row, undefined) && !acceptsBody(row, { unknown: 1 });
}

const CONTENT_TYPES = fc.oneof(
  { weight: 20, arbitrary: fc.constant("application/json") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["application/json; charset=utf-16", "application/JSON;", "application/ld+json", "", ";"],
      ...["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "text/html"],
      ...["multipart/form-data; boundary=x", "application/jsonp", "application/‹x*9000›json"],
    ),
  },
);

/** A pattern's path with something meant, something else, or something broken for each of its names. */
export function pathsLike(pattern: string): fc.Arbitrary<string> {
  const segments = pattern
    .split("/")
    .map((segment) =>
      segment.startsWith(":") ? pathPart(segment.slice(1)) : fc.constant(segment),
    );
  return fc.tuple(...segments).map((all) => all.join("/"));
}

function pathPart(name: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: MEANINGS[name] ?? fc.constant("x") },
    { weight: 1, arbitrary: hostileText.map((text) => percentEncoded(text.replace(/‹.*›/s, "x"))) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN_PARTS) },
  );
}

export const BROKEN_PARTS = [
  ...[
    "%",
    "%0",
    "%zz",
    "%ff",
    "%00",
    "%ed%a0%80",
    "%c0%ae%c0%ae",
    "%2e%2e",
    "..",
    ".",
    "%2f",
    "a%2Fb",
  ],
  ...[
    "%5c",
    "%252f",
    ";a=b",
    "%3Cx-mark%3E",
    "%22x-mark%22",
    "%0d%0ax-mark:%201",
    "‹a*9000›",
    "%F0%9F",
  ],
  ...["__proto__", "constructor", "%E2%80%AE", " ", "a b", "\\", "*", ":id", "+"],
];

/** Mostly what is meant; else with names and values that are not. */
export function queries(fits: fc.Arbitrary<Pairs>): fc.Arbitrary<Pairs> {
  return fc.oneof({ weight: 5, arbitrary: fits }, { weight: 1, arbitrary: mutatedPairs(fits) });
}

function pairsOf(fields: Readonly<Record<string, unknown>> = {}): Pairs {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
}

function ownHeaders({ headers, cookies }: Parts): Headers {
  const pairs = pairsOf(cookies).map((pair) => pair.join("="));
  return {
    ...Object.fromEntries(pairsOf(headers)),
    ...(pairs.length > 0 && { ...SAME_ORIGIN, cookie: pairs.join("; ") }),
  };
}

const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };
const BEARER = { authorization: "Bearer ‹accessToken›" };

/** Whoever a row is for, most of the time. */
function callers(audience: AnyAudience, keyHeader: string | undefined): fc.Arbitrary<Headers> {
  const known: Headers[] = [
    BEARER,
    BEARER,
    { authorization: "Bearer ‹numberedToken›" },
    ...(/key/.test(audience) && keyHeader ? [{ [keyHeader]: "‹key›" }] : []),
    ...(/page/.test(audience) ? [{ ...SAME_ORIGIN, cookie: "latchkey=‹pageCookie›" }] : []),
    ...(/cookie/.test(audience) ? [{ ...SAME_ORIGIN, cookie: "planpoint=‹planpointToken›" }] : []),
  ];
  return /^(anyone|same origin)/.test(audience)
    ? fc.constant({})
    : fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...known) },
        { weight: 1, arbitrary: fc.constant({}) },
      );
}

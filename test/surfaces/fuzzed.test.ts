import { beforeAll, describe, expect, it } from "vitest";
import { surfaces } from "../../src/surfaces/index.ts";
import { signedIn } from "../support/people.ts";
import { seeded } from "../support/seeded.ts";
import { startService } from "../support/service.ts";
import { MARK, sendRaw } from "./raw.ts";

const SEED = 20_260_721;
const BODIES_PER_ROUTE = 100;

const TEXTS = [
  "",
  " ",
  MARK,
  "robin@example.test",
  "WDJB-JQKL",
  "test-tv",
  "plnx_rt_",
  "plnx_rt_AAAA",
  "\u0000",
  "\ud800",
  "\u202e",
  "' OR 1=1 --",
  "%00",
  "../../..",
  "a\r\nset-cookie: a=b",
  "ﷺ".repeat(300),
  "A".repeat(5000),
];
const NAMES = [
  "email",
  "password",
  "name",
  "token",
  "refreshToken",
  "clientId",
  "deviceCode",
  "userCode",
  "approve",
  "scopes",
  "__proto__",
  "toString",
];

const service = startService();
const random = seeded(SEED);
let bearer: string;

beforeAll(async () => {
  bearer = (await signedIn(service)).accessToken;
});

const routes = surfaces.flatMap(({ routes }) =>
  Object.values(routes).map(([endpoint]) => ({ endpoint })),
);

describe.each(routes)("$endpoint", ({ endpoint }) => {
  it(`answers ${BODIES_PER_ROUTE} bodies of any kind without failing or echoing`, async () => {
    const [method = "", path = ""] = endpoint.split(" ");

    for (let count = 0; count < BODIES_PER_ROUTE; count++) {
      const body = damaged(JSON.stringify(anyObject()));
      const sent = { method, path, bearer, body, contentType: "application/json" };
      const { status } = await sendRaw(service, sent);
      expect([200, 201, 400, 401, 403, 404, 409, 429]).toContain(status);
    }
  });
});

function anyObject(): Record<string, unknown> {
  return Object.fromEntries(NAMES.map((name) => [name, anyValue()]));
}

function anyValue(depth = 0): unknown {
  const kinds = [
    () => any(TEXTS),
    () => any(TEXTS),
    () => any(TEXTS),
    () => any([0, -1, 1e21, Number.MAX_SAFE_INTEGER]),
    () => any([true, false, null]),
    () => [any(TEXTS), any(TEXTS)],
    () => (depth < 3 ? { value: anyValue(depth + 1) } : {}),
  ];
  return any(kinds)();
}

/** One body in four loses a piece. */
function damaged(json: string): string {
  const start = Math.floor(random() * json.length);
  return random() < 0.25 ? json.slice(0, start) + json.slice(start + 3) : json;
}

function any<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

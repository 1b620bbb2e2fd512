import { beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../support/seeded.ts";
import { startService } from "../support/service.ts";
import { everyRow, filled, type ServedRow } from "./every-row.ts";
import { FIELD_NAMES } from "./fields.ts";
import { MARK, sendRaw } from "./raw.ts";
import { superadmin } from "./superadmin.ts";

const SEED = 20_260_721;
const REQUESTS_PER_ROW = 40;
const ENDS_SESSION = ["signOut", "signOutIfIn"];

const TEXTS = [
  "",
  " ",
  MARK,
  "robin@example.test",
  '"robin\\" otter"@example.test',
  "WDJB-JQKL",
  "test-tv",
  "plnx_rt_",
  "plnx_rt_AAAA",
  "plnx_mfa_AAAA",
  "pionne_totp_",
  "1|secret",
  "123456",
  "totp",
  "Europe/Vienna",
  "2030-01-31T12:00:00Z",
  "https://example.test/%00?a=b#c",
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
/** What fields take that take no other text, so that requests come past the first check. */
const FITTING: Readonly<Record<string, unknown>> = {
  email: "robin@example.test",
  username: "robin@example.test",
  method: "totp",
  scopes: ["profile:read"],
  password: "gentle-otter-marsh",
  name: "Robin",
  firstName: "Robin",
  lastName: "Otter",
  expires_at: null,
};
/** As they stand in a URL: not all of them can be decoded. */
const PARTS = [
  "%",
  "%zz",
  "%00",
  "%0d%0aset-cookie:%20a=b",
  "%2e%2e",
  "..",
  "..%2f..%2f",
  "%5c",
  "%c3%28",
  "%ed%a0%80",
  "%2540",
  "%3Cb%3Eecho%3C%2Fb%3E",
  "robin%40example.test",
  "%22robin%20otter%22%40example.test",
  "o'neil@example.test",
  "%F0%9F%A6%A6",
  "0",
  "-1",
  "1e3",
  "9007199254740993",
  "00000000-0000-0000-0000-000000000000",
  "0B9F6F4E-7C1D-4C57-9A53-2F0A3F1C8E21",
  "{0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21}",
  "__proto__",
  "constructor",
  ":id",
  "*",
  ";a=b",
  "a".repeat(5000),
];
const QUERIES = [...FIELD_NAMES, "verificationCode", "access_token", "__proto__", "a[]", "%zz", ""];
const HEADERS = [
  { cookie: "planpoint=%zz; planpointRefresh=plpt_rt_AAAA", origin: "http://localhost:8787" },
  { cookie: "planpointRefresh=; =; ;;planpoint", "sec-fetch-site": "same-origin" },
  { cookie: `__Host-session=${MARK}`, "sec-fetch-site": "cross-site" },
  { "x-pionne-client": MARK, "user-agent": MARK },
  { "x-planasonix-api-key": "plnx_live_AAAA", "x-lnchr-key": "lnchr_sk_AAAA" },
  { authorization: "Bearer plnx_live_<b>echo</b>" },
  { authorization: "Bearer 9007199254740993|c2VjcmV0" },
];

const service = startService();
const random = seeded(SEED);

describe.each(everyRow())("$endpoint ($operation)", (row) => {
  let bearer: string;

  beforeAll(async () => {
    bearer = await superadmin();
  });

  it(`answers ${REQUESTS_PER_ROW} requests of any kind as its contract does`, async () => {
    const { surface, route } = row;
    const known = new Set<number>(Object.values(surface.refusals).map(([status]) => status));
    const met = new Set<number>();

    for (let count = 0; count < REQUESTS_PER_ROW; count++) {
      const { status } = await sendRaw(service, anyRequest(row, bearer));
      expect([route[3], ...known]).toContain(status);
      met.add(status);
    }
    // Whoever is refused for who they are shows nothing of what is behind.
    expect([...met].some((status) => status !== 401)).toBe(true);
  });
});

function anyRequest(row: ServedRow, bearer: string) {
  const { method, route, operation, endpoint } = row;
  const isKnown = ENDS_SESSION.includes(operation) ? random() < 0.1 : random() < 0.8;
  const path = random() < 0.5 ? row.path : filled(endpoint.slice(method.length + 1), anyParams());
  const query = method === "GET" || random() < 0.2 ? anyQuery() : "";
  return {
    method,
    path: path + query,
    bearer: isKnown && route[1].startsWith("bearer") ? bearer : null,
    headers: isKnown ? {} : any(HEADERS),
    ...(method !== "GET" && {
      body: damaged(JSON.stringify(anyObject())),
      contentType: "application/json",
    }),
  };
}

/** A tenant that exists, most of the time: nothing is asked of one that does not. */
function anyParams(): Record<string, string> {
  const tenant = random() < 0.7 ? "default" : any(PARTS);
  return { tenant, email: any(PARTS), userId: any(PARTS), sessionId: any(PARTS), id: any(PARTS) };
}

function anyQuery(): string {
  const pairs = Array.from({ length: 6 }, () => `${any(QUERIES)}=${any(PARTS)}`);
  return `?${pairs.join("&")}&email=${any(PARTS)}&verificationCode=${any(PARTS)}`;
}

/** Most fields of all contracts, so that what one row demands is there now and then. */
function anyObject(): Record<string, unknown> {
  const names = [...FIELD_NAMES, "toString"].filter(() => random() < 0.85);
  return Object.fromEntries(names.map((name) => [name, anyValueOf(name)]));
}

function anyValueOf(name: string): unknown {
  if (name === "impersonate") {
    return random() < 0.5;
  }
  return random() < 0.7 ? (FITTING[name] ?? any(TEXTS)) : anyValue();
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

/** One body in eight loses a piece. */
function damaged(json: string): string {
  const start = Math.floor(random() * json.length);
  return random() < 0.125 ? json.slice(0, start) + json.slice(start + 3) : json;
}

function any<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

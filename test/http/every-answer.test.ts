import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { PROTECTION } from "../support/protection.ts";
import { startService, type TestService } from "../support/service.ts";
import { filled } from "../surfaces/every-row.ts";

/** What an answer may say beside that: nothing of what runs here or where. */
const TELLING =
  /^(access-control-.*|allow|cache-control|content-type|location|retry-after|set-cookie|upgrade|vary|www-authenticate|x-plane-version|x-ratelimit-.*|x-request-id)$/;
const TYPES =
  /^(application\/json|text\/html; charset=UTF-8|text\/(css|javascript); charset=utf-8)$/;
/** Public, and the same for everybody. */
const KEPT = /^\/(\.well-known\/.*|assets\/logo|openapi\.json)$/;

const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";
const PARTS = {
  tenant: "default",
  email: "nobody@example.test",
  userId: UUID,
  sessionId: UUID,
  id: "x",
};
const NOTHING = ["/nothing", "/api/x", "/api/v1/x", "/auth/x", "/api/auth/x", "/api/users/x"];

interface Route {
  method: string;
  path: string;
}

/** Every route that is served, and a path without one in every contract and outside of them. */
const routes: readonly Route[] = [
  ...new Set([
    ...createApp(startService())
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${filled(path, PARTS)}`),
    ...NOTHING.map((path) => `GET ${path}`),
  ]),
].map((route) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, path };
});

interface Heard extends Route {
  status: number;
  headers: Headers;
}

/** Asks for every route, in some way. */
function crawl(
  service: TestService,
  init: (route: Route) => RequestInit = () => ({}),
): Promise<Heard[]> {
  return Promise.all(
    routes.map(async ({ method, path }) => {
      const url = service.settings.publicUrl + path;
      const request = new Request(url, { method, redirect: "manual", ...init({ method, path }) });
      const { status, headers } = await service.fetch(request);
      return { method: request.method, path, status, headers };
    }),
  );
}

const withBody = (body: string, contentType: string) => (route: Route) =>
  route.method === "GET" || route.method === "DELETE"
    ? {}
    : { body, headers: { "content-type": contentType, "sec-fetch-site": "same-origin" } };

const closed = { limit: async () => ({ success: false }) };
const fences = {
  CREDENTIAL_FENCE: closed,
  DEVICE_START_FENCE: closed,
  REQUEST_FENCE: closed,
  RETURN_FENCE: closed,
};
const down = () => {
  throw new Error("down");
};
const stores = { idFromName: down, get: down };
const outage = {
  DB: { prepare: down, batch: down },
  CODES: { get: down, put: down, list: down, delete: down },
  ...{ DEVICE_GRANT: stores, CODE_ENTRY: stores, LOGIN_CODE: stores, THROTTLE: stores },
};
const FORM = "application/x-www-form-urlencoded";
const A_FORM = "email=a@b.test&password=gentle-otters&name=Robin&token=x&client_id=x&user_code=x";
const A_BODY = JSON.stringify({
  ...{ email: "a@b.test", username: "a@b.test", password: "gentle-otters", name: "Robin" },
  ...{ first_name: "Robin", last_name: "Otter", firstName: "Robin", lastName: "Otter" },
  ...{ token: "x", code: "123456", refreshToken: "x", clientId: "x", deviceCode: "x" },
  ...{ mfaToken: "x", totp_token: "x" },
});

/** Among the answers are those of every status there is. */
const STATUSES = [200, 303, 400, 401, 403, 404, 405, 413, 415, 426, 429, 500, 503];

const ways: Record<string, () => Promise<Heard[]>> = {
  "to who brings nothing": () => crawl(startService()),
  "to who brings bad credentials": () =>
    crawl(startService(), () => ({
      headers: { authorization: "Bearer x", cookie: "latchkey=x; planpoint=x" },
    })),
  "to a method that is not taken": () => crawl(startService(), () => ({ method: "PATCH" })),
  "to who asks for the head alone": () => crawl(startService(), () => ({ method: "HEAD" })),
  "to JSON": () => crawl(startService(), withBody(A_BODY, "application/json")),
  "to a form": () => crawl(startService(), withBody(A_FORM, FORM)),
  "to what is no JSON": () => crawl(startService(), withBody("{", "application/json")),
  "to a body of another type": () => crawl(startService(), withBody("x", "text/plain")),
  "to a body that is too large": () =>
    crawl(startService(), withBody("x".repeat(70_000), "application/json")),
  "to JSON, behind closed fences": () =>
    crawl(startService(fences), withBody(A_BODY, "application/json")),
  "to a form, behind closed fences": () => crawl(startService(fences), withBody(A_FORM, FORM)),
  "to JSON, in an outage": () => crawl(startService(outage), withBody(A_BODY, "application/json")),
  "to a form, in an outage": () => crawl(startService(outage), withBody(A_FORM, FORM)),
  "to JSON, with a bug": () => withBug(withBody(A_BODY, "application/json")),
  "to a form, with a bug": () => withBug(withBody(A_FORM, FORM)),
};

/** Keys that do not work. */
async function withBug(init: (route: Route) => RequestInit): Promise<Heard[]> {
  const keys = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("a bug"));
  try {
    return await crawl(startService(), init);
  } finally {
    keys.mockRestore();
  }
}

describe("WEB-01: all protection there is, and nothing that tells on us, comes with every answer", () => {
  const heard = new Set<number>();

  it.each(Object.keys(ways))("%s", async (way) => {
    const answers = (await ways[way]?.()) ?? [];

    expect(answers.length).toBe(routes.length);
    expect(answers.flatMap(problemsOf)).toEqual([]);
    for (const { status } of answers) {
      heard.add(status);
    }
  });

  it("of every status", () => {
    expect(STATUSES.filter((status) => !heard.has(status))).toEqual([]);
  });
});

/** What pages of any site may ask without cookies, as any program may. */
const OPEN = /^\/(\.well-known\/.*|oauth\/(token|device_authorization|revoke|userinfo))$/;

describe("TOK-16: no answer is there for pages of other sites to read, but where programs ask by tokens", () => {
  it.each<[string, (route: Route) => RequestInit]>([
    ["for a page elsewhere", () => ({ headers: { origin: "https://elsewhere.example" } })],
    ["for a page that hides where it is", () => ({ headers: { origin: "null" } })],
    ["for one on another port of this host", () => ({ headers: { origin: "http://localhost:1" } })],
    [
      "for one that brings a cookie",
      () => ({
        headers: { origin: "https://elsewhere.example", cookie: "latchkey=x; planpoint=x" },
      }),
    ],
    [
      "for one that asks before",
      ({ method }) => ({
        method: "OPTIONS",
        headers: {
          origin: "https://elsewhere.example",
          "access-control-request-method": method,
          "access-control-request-headers": "authorization,content-type",
        },
      }),
    ],
  ])("%s", async (_, init) => {
    const answers = await crawl(startService(), init);

    const opened = answers.filter(({ headers }) => headers.has("access-control-allow-origin"));
    expect(opened.map(({ path }) => path)).toEqual(
      answers.map(({ path }) => path).filter((path) => OPEN.test(path)),
    );
    expect(
      new Set(opened.map(({ headers }) => headers.get("access-control-allow-origin"))),
    ).toEqual(new Set(["*"]));
    expect(
      answers.filter(({ headers }) => headers.has("access-control-allow-credentials")),
    ).toEqual([]);
  });
});

function problemsOf({ method, path, status, headers }: Heard): string[] {
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  const isKept = KEPT.test(path) && status === 200;
  const wrong = Object.entries(PROTECTION)
    .filter(([name, value]) => withoutScript(headers.get(name), isPage) !== value)
    .map(([name]) => `${name}: ${headers.get(name)}`);
  const untold = [...headers.keys()].filter((name) => !(name in PROTECTION) && !TELLING.test(name));
  const type = headers.get("content-type");
  const odd = type === null || TYPES.test(type) ? [] : [type];
  const cache = headers.get("cache-control");
  const kept = isKept || cache === "no-store" ? [] : [`cache-control: ${cache}`];
  return [...wrong, ...untold, ...odd, ...kept].map(
    (problem) => `${status} ${method} ${path}: ${problem}`,
  );
}

function withoutScript(value: string | null, isPage: boolean): string | null {
  return isPage ? (value?.replace("script-src 'self'", "script-src 'none'") ?? null) : value;
}

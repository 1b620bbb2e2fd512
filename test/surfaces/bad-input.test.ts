import { beforeAll, describe, expect, it } from "vitest";
import { planasonix } from "../../src/surfaces/planasonix/contract.ts";
import { signedIn } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { MARK, type Sent, sendRaw } from "./raw.ts";

const JSON_HEADERS = { "cache-control": "no-store", "content-type": "application/json" };

/** What each row asks for, and what it says to texts that hold a NUL where a NUL may stand. */
const ROWS: Readonly<Record<string, Row>> = {
  "POST /api/login": { texts: ["email", "password"], onNul: "validation_error" },
  "POST /api/auth/refresh": { texts: ["refreshToken"], onNul: "invalid_refresh_token" },
  "POST /api/register": { texts: ["email", "password", "name"], onNul: "validation_error" },
  "POST /api/forgot-password": { texts: ["email"], onNul: "validation_error" },
  "POST /api/reset-password": { texts: ["token", "password"], onNul: "invalid_token" },
  "POST /api/verify-email": { texts: ["token"], onNul: "invalid_token" },
  "POST /api/v2/auth/device": {
    texts: ["clientId"],
    optional: { scopes: "must be a list of texts" },
    onNul: "invalid_client",
  },
  "POST /api/v2/auth/device/token": { texts: ["deviceCode", "clientId"], onNul: "invalid_grant" },
  "POST /api/v2/auth/device/authorize": {
    texts: ["userCode"],
    optional: { approve: "must be true or false", scopes: "must be a list of texts" },
    onNul: "invalid_user_code",
  },
};

interface Row {
  texts: readonly string[];
  /** Fields that may be missing, and the problem of one that is an object. */
  optional?: Readonly<Record<string, string>>;
  onNul: string;
}

const service = startService();
let bearer: string;

beforeAll(async () => {
  bearer = (await signedIn(service)).accessToken;
});

const routes = Object.values(planasonix.routes).map(([endpoint, audience]) => {
  const [method = "", path = ""] = endpoint.split(" ");
  const row = ROWS[endpoint];
  if (!row) {
    throw new Error(`${endpoint} has no row here`);
  }
  return { endpoint, method, path, isGuarded: audience !== "anyone", ...row };
});

const send = (
  { isGuarded = false, ...route }: { method: string; path: string; isGuarded?: boolean },
  body: Sent | null,
  contentType: string | null = "application/json",
) => sendRaw(service, { ...route, bearer: isGuarded ? bearer : null, body, contentType });

function invalid(fields: Record<string, string>) {
  const error = { code: "validation_error", message: "The request is not valid.", fields };
  return { status: 400, headers: JSON_HEADERS, body: { error } };
}

function each<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

describe.each(routes)("$endpoint", (route) => {
  const { texts, optional = {}, onNul } = route;
  const required = each(texts, "is required");

  it.each([
    ["cut off", '{"email":"x'],
    ["no JSON", "email=robin"],
    ["two texts", '{"a":1}{"a":1}'],
    ["a trailing comma", '{"email":"x",}'],
    ["with NaN", '{"email":NaN}'],
    ["spaces only", "   "],
    ["marked", MARK],
  ])("refuses malformed JSON: %s", async (_, body) => {
    expect(seen(await send(route, body))).toEqual(invalid({ body: "must be JSON in UTF-8" }));
  });

  it("refuses bytes that are no UTF-8, wherever they stand", async () => {
    const text = new TextEncoder().encode(`{"${texts[0]}":"x?"}`);
    for (const byte of [0xff, 0xc0, 0xed]) {
      const bytes = text.map((each) => (each === "?".charCodeAt(0) ? byte : each));
      expect(seen(await send(route, bytes))).toEqual(invalid({ body: "must be JSON in UTF-8" }));
    }
  });

  it.each(["[]", `[{"email":"${MARK}"}]`, '"a text"', "1", "null", "true"])(
    "refuses JSON that is no object: %s",
    async (body) => {
      expect(seen(await send(route, body))).toEqual(invalid({ body: "must be an object" }));
    },
  );

  it("refuses no body at all", async () => {
    expect(seen(await send(route, null, null))).toEqual(invalid({ body: "must be an object" }));
    expect(seen(await send(route, ""))).toEqual(invalid({ body: "must be an object" }));
  });

  it("names every field that is missing", async () => {
    expect(seen(await send(route, "{}"))).toEqual(invalid(required));
    expect(seen(await send(route, `{"${MARK}":"${MARK}"}`))).toEqual(invalid(required));
  });

  it.each([1, true, null, ["a text"], { toString: "a text" }, -1e308])(
    "names every field of the wrong type: %j",
    async (value) => {
      const body = JSON.stringify(each(texts, value));

      expect(seen(await send(route, body))).toEqual(invalid(each(texts, "must be a text")));
    },
  );

  it.each(Object.entries(optional))("names %s of the wrong type", async (name, problem) => {
    for (const value of [{}, null, "true", 1]) {
      const body = JSON.stringify({ ...each(texts, "x"), [name]: value });
      expect(seen(await send(route, body))).toMatchObject({
        status: 400,
        body: { error: { code: "validation_error", fields: { [name]: problem } } },
      });
    }
  });

  it("takes nothing from a prototype", async () => {
    const wanted = JSON.stringify({ ...each(texts, MARK), approve: false, scopes: [MARK] });

    for (const name of ["__proto__", "constructor", "prototype"]) {
      expect(seen(await send(route, `{"${name}":${wanted}}`))).toEqual(invalid(required));
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("refuses half a surrogate pair in any text", async () => {
    const body = JSON.stringify(each(texts, "x\ud83e"));

    expect(seen(await send(route, body))).toEqual(
      invalid(each(texts, "must be well-formed Unicode")),
    );
  });

  it("answers a NUL like any other wrong text", async () => {
    const password = "gentle\u0000otter";
    const answer = await send(route, JSON.stringify({ ...each(texts, "x\u0000y"), password }));

    expect(answer).toMatchObject({ body: { error: { code: onNul } } });
    expect(answer.status).toBeLessThan(500);
  });

  it("refuses more than 64 KiB, announced or not, before it asks who is there", async () => {
    const tooLarge = {
      status: 413,
      headers: JSON_HEADERS,
      body: { error: { code: "body_too_large", message: "The request body is too large." } },
    };
    const open = { ...route, isGuarded: false };
    const megabyte = JSON.stringify(each(texts, "x".repeat(1024 * 1024)));

    expect(seen(await send(route, megabyte))).toEqual(tooLarge);
    expect(seen(await send(open, megabyte))).toEqual(tooLarge);
    expect(seen(await send(route, new Blob([megabyte]).stream()))).toEqual(tooLarge);
    expect(seen(await send(route, " ".repeat(64 * 1024 + 1)))).toEqual(tooLarge);
    expect((await send(route, " ".repeat(64 * 1024))).status).toBe(400);
  });

  it("refuses JSON that is nested without end", async () => {
    const nested = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;

    expect(seen(await send(route, `{"${texts[0]}":${nested}}`))).toMatchObject({
      status: 400,
      body: { error: { fields: { [texts[0] as string]: "must be a text" } } },
    });
  });

  it.each([
    ["text", "text/plain", JSON.stringify({ email: MARK })],
    ["a form", null, new URLSearchParams({ email: MARK })],
    ["a multipart form", null, multipart()],
    ["JSON by a name that only resembles it", "application/jsonp", "{}"],
    ["JSON in a parameter", "text/plain; application/json", "{}"],
    ["nothing in particular", "", "{}"],
  ])("refuses what is sent as %s", async (_, contentType, body) => {
    expect(seen(await send(route, body, contentType))).toEqual({
      status: 415,
      headers: JSON_HEADERS,
      body: {
        error: {
          code: "unsupported_media_type",
          message: "Send JSON with Content-Type: application/json.",
        },
      },
    });
  });

  it.each(["application/json; charset=utf-8", "Application/JSON", "application/x.y+json"])(
    "reads %s as JSON",
    async (contentType) => {
      expect(seen(await send(route, "{}", contentType))).toEqual(invalid(required));
    },
  );

  it.each(["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND"])(
    "refuses %s and says what it takes",
    async (method) => {
      const error = {
        code: "method_not_allowed",
        message: "This path does not take that method.",
      };

      expect(seen(await send({ ...route, method }, null, null))).toEqual({
        status: 405,
        headers: { ...JSON_HEADERS, allow: "POST" },
        body: method === "HEAD" ? null : { error },
      });
    },
  );
});

function multipart(): FormData {
  const form = new FormData();
  form.set("email", MARK);
  return form;
}

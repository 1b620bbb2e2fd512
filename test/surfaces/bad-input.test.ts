import { beforeAll, describe, expect, it } from "vitest";
import type { Refused } from "../../src/core/refused.ts";
import { stopClock } from "../support/clock.ts";
import { startService } from "../support/service.ts";
import { acceptsBody } from "./accepts-body.ts";
import { everyRow, type ServedRow } from "./every-row.ts";
import { FIELD_NAMES } from "./fields.ts";
import { heard, inOwnWords, invalid } from "./own-words.ts";
import { MARK, type Sent, sendRaw } from "./raw.ts";
import { superadmin } from "./superadmin.ts";

/** Rows that may be sent a body. Where one endpoint serves two, an odd body is for the plain one. */
const rows = everyRow().filter(({ method, route: [, , , , , when] }) => method !== "GET" && !when);

/** Rows for which a body is no more than something that has to be well-formed. */
const PASSED_OVER = [
  "DELETE /api/user/api-keys/:id",
  "POST /api/v1/auth/logout",
  "POST /:tenant/api/v1/auth/logout",
  "DELETE /api/v1/settings/service-keys/:id",
  "DELETE /:tenant/api/v1/settings/service-keys/:id",
  "DELETE /auth/:sessionId/sessions",
  "DELETE /v1/auth/:sessionId/sessions",
  "POST /api/auth/logout",
  "DELETE /api/auth/tokens/:id",
  "DELETE /api/auth/tokens",
  "POST /api/users/refresh",
  "POST /api/users/logout",
];
const ENDS_SESSION = ["signOut", "signOutIfIn"];
/** Rows that read a body where there is one. */
const MAY_BE_ABSENT = ["signOut"];
const NOT_JSON = invalid(["body"], "must be JSON in UTF-8");
const NO_OBJECT = invalid(["body"], "must be an object");

const service = startService();
let bearer: string;

beforeAll(async () => {
  bearer = await superadmin();
});

async function send(
  row: ServedRow,
  body: Sent | null,
  contentType: string | null = "application/json",
) {
  const { method, path, operation, surface, route } = row;
  const known = ENDS_SESSION.includes(operation) ? await superadmin() : bearer;
  const isAsked = route[1].startsWith("bearer");
  const sent = { method, path, body, contentType, bearer: isAsked ? known : null };
  return heard(surface, await sendRaw(service, sent));
}

it("these rows read no body, and all others do", () => {
  const passedOver = rows.filter((row) => acceptsBody(row, 1)).map(({ endpoint }) => endpoint);

  expect(passedOver).toEqual(PASSED_OVER);
  expect(rows.length).toBeGreaterThan(60);
});

describe.each(rows)("$endpoint ($operation)", (row) => {
  const { surface } = row;
  const refused = (as: Refused) => inOwnWords(surface, as);

  it.each([
    ["cut off", '{"email":"x'],
    ["no JSON", "email=robin"],
    ["two texts", '{"a":1}{"a":1}'],
    ["a trailing comma", '{"email":"x",}'],
    ["with NaN", '{"email":NaN}'],
    ["spaces only", "   "],
    ["marked", MARK],
  ])("refuses malformed JSON: %s", async (_, body) => {
    expect(await send(row, body)).toEqual(refused(NOT_JSON));
  });

  it("refuses bytes that are no UTF-8, wherever they stand", async () => {
    const text = new TextEncoder().encode(`{"email":"x?"}`);
    for (const byte of [0xff, 0xc0, 0xed]) {
      const bytes = text.map((each) => (each === "?".charCodeAt(0) ? byte : each));
      expect(await send(row, bytes)).toEqual(refused(NOT_JSON));
    }
  });

  it("takes nothing from a prototype", async () => {
    stopClock();
    const wanted = JSON.stringify(Object.fromEntries(FIELD_NAMES.map((name) => [name, MARK])));
    const answer = await send(row, "{}");

    for (const name of ["__proto__", "constructor", "prototype", MARK]) {
      expect(await send(row, `{"${name}":${wanted}}`)).toEqual(answer);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("passes over what nobody asked for, however deep it is nested", async () => {
    stopClock();

    expect(await send(row, `{"unknown":${nested(30_000)}}`)).toEqual(await send(row, "{}"));
  });

  it("refuses more than 64 KiB, announced or not, before it asks who is there", async () => {
    const tooLarge = inOwnWords(surface, "body_too_large");
    const megabyte = JSON.stringify({ email: "x".repeat(1024 * 1024) });
    const { method, path } = row;
    const stranger = { method, path, body: megabyte, contentType: "application/json" };

    expect(await send(row, megabyte)).toEqual(tooLarge);
    expect(heard(surface, await sendRaw(service, stranger))).toEqual(tooLarge);
    expect(await send(row, new Blob([megabyte]).stream())).toEqual(tooLarge);
    expect(await send(row, " ".repeat(64 * 1024 + 1))).toEqual(tooLarge);
    expect(await send(row, " ".repeat(64 * 1024))).toEqual(refused(NOT_JSON));
  });

  it.each([
    ["text", "text/plain", JSON.stringify({ email: MARK })],
    ["a form", null, new URLSearchParams({ email: MARK })],
    ["a multipart form", null, multipart()],
    ["JSON by a name that only resembles it", "application/jsonp", "{}"],
    ["JSON in a parameter", "text/plain; application/json", "{}"],
    ["nothing in particular", "", "{}"],
  ])("refuses what is sent as %s", async (_, contentType, body) => {
    expect(await send(row, body, contentType)).toEqual(
      inOwnWords(surface, "unsupported_media_type"),
    );
  });

  it.each(["application/json; charset=utf-8", "Application/JSON", "application/x.y+json"])(
    "reads %s as JSON",
    async (contentType) => {
      stopClock();

      expect(await send(row, "{}", contentType)).toEqual(await send(row, "{}"));
    },
  );
});

describe.each(rows.filter((row) => !acceptsBody(row, 1)))("$endpoint ($operation)", (row) => {
  const { surface } = row;

  it.each(["[]", `[{"email":"${MARK}"}]`, '"a text"', "1", "null", "true"])(
    "refuses JSON that is no object: %s",
    async (body) => {
      expect(await send(row, body)).toEqual(inOwnWords(surface, NO_OBJECT));
    },
  );

  it("takes no body at all for one without fields, or refuses it", async () => {
    const without = MAY_BE_ABSENT.includes(row.operation)
      ? await send(row, "{}")
      : inOwnWords(surface, NO_OBJECT);

    expect(await send(row, null, null)).toEqual(without);
    expect(await send(row, "")).toEqual(without);
  });

  it("refuses fields that are nested without end", async () => {
    const body = FIELD_NAMES.map((name) => `"${name}":${nested(400)}`).join();

    const { status } = await send(row, `{${body}}`);

    expect(status).toBe(inOwnWords(surface, "invalid_request").status);
  });
});

describe.each(rows.filter((row) => acceptsBody(row, 1)))("$endpoint ($operation)", (row) => {
  it.each(["[]", '"a text"', "1", "null", "{}"])("is the same with %s", async (body) => {
    expect(await send(row, body)).toEqual(await send(row, null, null));
  });
});

describe.each(rows.filter(({ isGuarded }) => isGuarded))("$endpoint ($operation)", (row) => {
  it("tells a stranger to sign in, whatever else is wrong", async () => {
    const { surface, method, path } = row;
    const unauthenticated = inOwnWords(surface, "unauthenticated", {
      "www-authenticate": "Bearer",
    });

    for (const contentType of ["application/json", "text/plain"]) {
      const answer = await sendRaw(service, { method, path, body: MARK, contentType });
      expect(heard(surface, answer)).toEqual(unauthenticated);
    }
  });
});

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

function multipart(): FormData {
  const form = new FormData();
  form.set("email", MARK);
  return form;
}

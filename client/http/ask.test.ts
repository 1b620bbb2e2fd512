import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { LatchkeyError } from "../latchkey-error.ts";
import { aPlatform, inTurn, type Reply } from "../test-support/a-platform.ts";
import { asking } from "./ask.ts";
import { askPatiently } from "./ask-patiently.ts";

const SERVER = new URL("https://login.example");
const keys = { status: 200, body: { data: [], meta: { total: 0 } } };

describe("a refusal says what there is to know", () => {
  const cases: [string, Reply, Partial<LatchkeyError>][] = [
    [
      "of Planasonix",
      {
        status: 400,
        headers: { "x-request-id": "r-1" },
        body: { error: { code: "validation_error", message: "No.", fields: { name: "is long" } } },
      },
      {
        code: "validation_error",
        message: "No.",
        status: 400,
        fields: { name: "is long" },
        requestId: "r-1",
        retryAfterSeconds: null,
      },
    ],
    [
      "of CREDEBL",
      { status: 404, body: { statusCode: 404, message: ["a", "b"], error: "Not Found" } },
      { code: "not_found", message: "a; b", status: 404 },
    ],
    [
      "of Pionne",
      { status: 403, body: { error: "insufficient_scope", message: "No." } },
      { code: "insufficient_scope", message: "No.", status: 403 },
    ],
    [
      "of OAuth, with the time to come back",
      {
        status: 429,
        headers: { "retry-after": "7" },
        body: { error: "slow_down", error_description: "Slower." },
      },
      { code: "slow_down", message: "Slower.", status: 429, retryAfterSeconds: 7 },
    ],
    [
      "of something in between",
      { status: 502, body: "<h1>Bad gateway</h1>" },
      { code: "http_502", message: "Latchkey answered 502.", status: 502 },
    ],
    [
      "of a redirect, which is not followed",
      { status: 302, headers: { location: "https://elsewhere.example" } },
      { code: "http_302", status: 302 },
    ],
    ["of silence", "lost", { code: "no_answer", status: 0 }],
    ["of a page in the place of an answer", { body: "<h1>Hi</h1>" }, { code: "unexpected_answer" }],
  ];
  for (const [whose, reply, expected] of cases) {
    test(whose, async () => {
      const platform = aPlatform(() => reply);
      const asked = asking(SERVER, platform)("GET /api/user/api-keys", { bearer: "a-token" });
      const error = await asked.catch((thrown) => thrown);
      assert.ok(error instanceof LatchkeyError);
      const names = Object.keys(expected) as (keyof LatchkeyError)[];
      assert.deepEqual(Object.fromEntries(names.map((name) => [name, error[name]])), expected);
      assert.deepEqual(
        platform.sent.map(({ redirect }) => redirect),
        ["manual"],
      );
    });
  }
});

test("an error has no password, code or token in it, wherever one looks", async () => {
  const secrets = ["a-password", "a-token"];
  for (const reply of [{ status: 401 }, { status: 500, body: "broken" }, "lost"] as const) {
    const ask = asking(
      SERVER,
      aPlatform(() => reply),
    );
    const json = { email: "ada@example.test", password: "a-password" };
    const error = await ask("POST /api/login", { json, bearer: "a-token" }).catch((e) => e);
    const shown = inspect(error, { depth: 9 }) + JSON.stringify(error);
    assert.ok(!secrets.some((secret) => shown.includes(secret)), shown);
  }
});

test("what stands in a path is encoded", async () => {
  const platform = aPlatform(() => ({ status: 204 }));
  await asking(SERVER, platform)("DELETE /api/user/api-keys/{id}", { id: "../../x?y" });
  assert.equal(platform.sent[0]?.path, "/api/user/api-keys/..%2F..%2Fx%3Fy");
});

test("an id that would make another path of it is not sent", async () => {
  const platform = aPlatform(() => ({ status: 204 }));
  for (const id of ["..", ".", ""]) {
    const asked = asking(SERVER, platform)("DELETE /api/user/api-keys/{id}", { id });
    await assert.rejects(asked, TypeError);
  }
  assert.deepEqual(platform.sent, []);
});

test("whoever breaks off hears why, in their own words", async () => {
  const stop = new AbortController();
  const platform = aPlatform(() => {
    stop.abort(new Error("enough"));
    return keys;
  });
  const asked = asking(SERVER, platform)("GET /api/user/api-keys", { signal: stop.signal });
  await assert.rejects(asked, /^Error: enough$/);
});

describe("patience", () => {
  const ask = (...replies: Reply[]) => {
    const platform = aPlatform(inTurn(...replies));
    const operation = "GET /api/user/api-keys";
    const answer = askPatiently(asking(SERVER, platform), platform, operation, {});
    return { answer, platform };
  };

  test("helps with what passes, slower each time", async () => {
    const { answer, platform } = ask("lost", { status: 503 }, { status: 429 }, keys);
    assert.deepEqual((await answer).data, []);
    assert.deepEqual(platform.waits, [0.5, 1, 2]);
  });

  test("ends after four tries", async () => {
    const { answer, platform } = ask("lost", "lost", "lost", "lost", keys);
    await assert.rejects(answer, { code: "no_answer" });
    assert.equal(platform.sent.length, 4);
  });

  test("waits for as long as it is told, and not for longer than ten seconds", async () => {
    const soon = ask({ status: 503, headers: { "retry-after": "9" } }, keys);
    await soon.answer;
    assert.deepEqual(soon.platform.waits, [9]);
    const late = ask({ status: 429, headers: { "retry-after": "11" } }, keys);
    await assert.rejects(late.answer, { status: 429, retryAfterSeconds: 11 });
  });

  test("is not for a no", async () => {
    const { answer, platform } = ask({ status: 403 }, keys);
    await assert.rejects(answer, { status: 403 });
    assert.equal(platform.sent.length, 1);
  });
});

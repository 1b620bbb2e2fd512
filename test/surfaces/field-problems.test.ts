import { beforeAll, describe, expect, it } from "vitest";
import { Refused } from "../../src/core/refused.ts";
import { stopClock } from "../support/clock.ts";
import { startService } from "../support/service.ts";
import { acceptsBody } from "./accepts-body.ts";
import { everyRow, type ServedRow } from "./every-row.ts";
import { FIELDS, type Fields } from "./fields.ts";
import { heard, inOwnWords, invalid } from "./own-words.ts";
import { MARK, sendRaw } from "./raw.ts";
import { superadmin } from "./superadmin.ts";

/** Values that no field takes to which these words are said. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  "must be a text": [{}, ["a text"], 1, true],
  "must be true or false": [{}, "true", 1, null],
  "must be a list of texts": [{}, "a text", 1, null, [1]],
  "must be an object": [[], "a text", 1, null],
  "must be a list of UUIDs": [{}, "a text", 1],
  "must be totp": [{}, "TOTP", 1, null],
  'must be "email"': [{}, "sms", 1, null],
  "must be an RFC 3339 time": [{}, "tomorrow", 1, "2030-02-30T00:00:00Z"],
  "must be a time, such as 2030-01-31T12:00:00Z": [{}, "tomorrow", 1, "2030-02-30T00:00:00Z"],
};
/** Values that fields take which are more than a text. */
const TAKEN: Readonly<Record<string, unknown>> = {
  email: "nobody@example.test",
  username: "nobody@example.test",
  method: "totp",
  scopes: ["profile:read"],
};

const service = startService();
let bearer: string;

beforeAll(async () => {
  bearer = await superadmin();
});

type FieldsRow = ServedRow & { fields: Fields };

const served = everyRow().filter(({ endpoint, route }) => endpoint === route[0]);
const rows = served.flatMap((row): FieldsRow[] => {
  const fields = FIELDS[row.contract]?.[row.operation];
  return fields ? [{ ...row, fields }] : [];
});

function send(row: FieldsRow, fields: object) {
  return sendJson(row, JSON.stringify({ ...row.fields.beside, ...fields }));
}

async function sendJson({ method, path, surface, isGuarded }: FieldsRow, body: string) {
  const sent = { method, path, body, contentType: "application/json" };
  return heard(surface, await sendRaw(service, { ...sent, bearer: isGuarded ? bearer : null }));
}

function each<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

it("there is an entry for every row that reads a body", () => {
  const named = ({ contract, operation }: ServedRow) => `${contract} ${operation}`;
  const reading = served.filter((row) => row.method !== "GET" && !acceptsBody(row, 1));

  expect(rows.map(named)).toEqual(reading.map(named));
});

const one = "$endpoint ($operation)";

describe.each(rows)(one, (row) => {
  const { surface, fields } = row;
  const { texts, others, optional } = fields;
  const filled = filledFor(fields);

  it.each(texts)("names %s alone where all else is there", async (name) => {
    for (const [value, issue] of [
      [undefined, "is required"],
      [7, "must be a text"],
      ["x\ud83e", "must be well-formed Unicode"],
    ]) {
      expect(await send(row, { ...filled, [name]: value })).toEqual(
        inOwnWords(surface, invalid([name], String(issue))),
      );
    }
  });

  it.each(Object.entries({ ...others, ...optional }))("names a wrong %s", async (name, issue) => {
    for (const value of WRONG[issue] ?? []) {
      const answer = await send(row, { ...filled, [name]: value });
      const inList = Array.isArray(value) && issue.includes("list");
      expect(answer).toEqual(inOwnWords(surface, invalid([inList ? `${name}.0` : name], issue)));
    }
    expect(WRONG[issue]?.length).toBeGreaterThan(2);
  });

  it("takes nothing from a prototype", async () => {
    stopClock();
    const json = JSON.stringify({ ...fields.beside, here: { ...filled, ...fields.beside } });
    const without = await send(row, {});

    for (const name of ["__proto__", "constructor", "prototype"]) {
      expect(await sendJson(row, json.replace("here", name))).toEqual(without);
    }
  });
});

describe.each(rows.filter(({ fields }) => fields.texts.length > 0 || fields.others))(one, (row) => {
  const { surface, fields } = row;

  it("names every field that is missing", async () => {
    const missing = new Refused("invalid_request", {
      fields: [...invalid(fields.texts, "is required").fields, ...issuesOf(fields.others ?? {})],
    });

    expect(await send(row, {})).toEqual(inOwnWords(surface, missing));
    expect(await send(row, { [MARK]: MARK })).toEqual(inOwnWords(surface, missing));
  });
});

describe.each(rows.filter(({ fields }) => fields.texts.length > 0))(one, (row) => {
  const { surface, fields } = row;
  const { texts } = fields;
  const filled = filledFor(fields);

  it.each([1, true, null, ["a text"], { toString: "a text" }, -1e308])(
    "names every field of the wrong type: %j",
    async (value) => {
      expect(await send(row, { ...filled, ...each(texts, value) })).toEqual(
        inOwnWords(surface, invalid(texts, "must be a text")),
      );
    },
  );

  it("answers a NUL like any other wrong text", async () => {
    const { onNul = "invalid_request" } = fields;
    const answer = await send(row, { ...filled, ...each(texts, "x\u0000y") });
    const expected = inOwnWords(surface, onNul);

    expect(answer.status).toBe(expected.status);
    onNul !== "invalid_request" && expect(answer.body).toEqual(expected.body);
  });
});

describe.each(rows.filter(({ fields }) => fields.either))(one, (row) => {
  const { surface, fields } = row;
  const filled = filledFor(fields);

  it("asks for one of two", async () => {
    const [name, other] = fields.either ?? ["", ""];

    expect(await send(row, { ...filled, [name]: undefined })).toEqual(
      inOwnWords(surface, invalid([name], "is required")),
    );
    expect(await send(row, { ...filled, [name]: undefined, [other]: 1 })).toEqual(
      inOwnWords(surface, invalid([other], "must be a text")),
    );
  });
});

/** A body with all that a row demands, well-formed and nobody's. */
function filledFor({ texts, others, either }: Fields): Record<string, unknown> {
  const names = [...texts, ...Object.keys(others ?? {}), ...(either?.slice(0, 1) ?? [])];
  return Object.fromEntries(names.map((name) => [name, TAKEN[name] ?? "gentle-otter"]));
}

function issuesOf(problems: Readonly<Record<string, string>>) {
  return Object.entries(problems).map(([field, issue]) => ({ field, issue }));
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Surface } from "../../src/surfaces/surface.ts";
import { everyRow } from "../surfaces/every-row.ts";
import type { Answered } from "./ask.ts";
import { fittingParts, requestsFor } from "./requests.ts";
import { runCases, SEED } from "./run-cases.ts";
import { stage, statuses } from "./stage.ts";
import { unfold } from "./texts.ts";

const CASES = 60;
const rows = everyRow();

/** What is known by any name, in the form that it has. */
const KNOWN = new Proxy<Record<string, string>>(
  {},
  {
    get: (_, name) =>
      /Id$/.test(String(name)) ? crypto.randomUUID() : `${String(name)}@example.test`,
  },
);

const text = z.string().min(1);
/** What a refusal looks like, as the documentation of each contract has it. */
const ENVELOPES: Readonly<Record<string, z.ZodType<{ code?: string; message?: unknown }>>> = {
  planasonix: z
    .strictObject({
      error: z.strictObject({
        code: text,
        message: text,
        fields: z.record(z.string(), text).optional(),
      }),
    })
    .transform(({ error }) => error),
  lnchr: z
    .strictObject({
      success: z.literal(false),
      error: z.strictObject({ code: text, message: text }),
    })
    .transform(({ error }) => error),
  credebl: z
    .strictObject({
      statusCode: z.number(),
      message: z.union([text, z.array(text).min(1)]),
      error: text,
    })
    .transform(({ error, message }) => ({ code: error, message })),
  pionne: z
    .strictObject({
      error: text.optional(),
      message: text,
      errors: z.record(z.string(), z.array(text).min(1)).optional(),
    })
    .transform(({ error = "", message }) => ({ code: error, message })),
  planpoint: z.strictObject({ message: text }).transform(({ message }) => ({ code: "", message })),
};

describe.each(rows)("INP-01: $endpoint ($operation)", (row) => {
  const { surface, endpoint } = row;
  const ownPath = new RegExp(
    `^${endpoint.slice(endpoint.indexOf("/")).replace(/:\w+/g, "[^/]+")}$`,
  );

  it("has requests made for it that its own schema takes", () => {
    const sample = fc.sample(fittingParts(row), { seed: SEED, numRuns: 200 });
    const taken = sample.filter((parts) => {
      const unfolded = JSON.parse(unfold(JSON.stringify(parts), KNOWN));
      const none = { params: {}, query: {}, headers: {}, cookies: {} };
      return row.route[2].safeParse({ ...none, ...unfolded }).success;
    });

    expect(taken.length).toBeGreaterThan(60);
  });

  it("answers whatever comes, or refuses it in the words of its contract", async (context) => {
    const { perform } = stage();
    const met = new Set<number>();

    await runCases(context, CASES, requestsFor(row), async (input) => {
      const answer = await perform(input);
      met.add(answer.status);
      if (answer.status >= 400 && ownPath.test(answer.path)) {
        expectOwnWords(surface, answer);
      }
    });

    // Whoever is refused for who they are shows nothing of what is behind.
    expect([...met].some((status) => status !== 401)).toBe(true);
  });
});

describe("all of them together", () => {
  it("come past the first check, and past the fences", () => {
    const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    const share = (wanted: (status: number) => boolean) =>
      [...statuses].reduce((sum, [status, count]) => sum + (wanted(status) ? count : 0), 0) / all;

    expect(all).toBeGreaterThanOrEqual(rows.length * CASES);
    expect(share((status) => status === 429)).toBeLessThan(0.03);
    expect(share((status) => status === 401)).toBeLessThan(0.4);
    expect(share((status) => status < 300)).toBeGreaterThan(0.1);
  });
});

/** A refusal with a status, a code and headers that stand together in the contract's table. */
function expectOwnWords(surface: Surface, { status, headers, text }: Answered): void {
  const { contract } = surface.terms;
  const { code } = ENVELOPES[contract]?.parse(JSON.parse(text)) ?? {};
  const wordings = Object.values(surface.refusals).map(([status, code]) => `${status} ${code}`);
  const hasFields = contract === "pionne" && status === 422;

  expect(wordings).toContain(`${status} ${hasFields ? "" : code}`);
  for (const [name, value] of Object.entries(surface.headers ?? {})) {
    expect(headers.get(name)).toBe(value);
  }
}

import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Reason } from "../../src/core/refused.ts";
import { admin } from "../../src/surfaces/admin/contract.ts";
import type { Wording } from "../../src/surfaces/surface.ts";
import { everyRow } from "../surfaces/every-row.ts";
import type { Case } from "./ask.ts";
import { requestsFor } from "./requests.ts";
import { runCases, SEED } from "./run-cases.ts";
import { DESCRIPTION } from "./sound.ts";
import { stage, statuses } from "./stage.ts";

const CASES = 60;
/** By chance none of a row's requests is in order: then more are made, until one is. */
const ROUNDS_MAX = 20;
/** What is refused by its name is a short text, and so is what says it. */
const refusal = z.strictObject({
  error: z.string().min(1),
  error_description: z.string().regex(DESCRIPTION).max(1000),
  reason: z.enum(Object.keys(admin.refusals) as Reason[]),
});
const wordings: Partial<Record<Reason, Wording>> = admin.refusals;
const rows = everyRow([admin]);

describe.each(rows)("INP-01: $endpoint ($operation)", (row) => {
  const ownPath = new RegExp(`^${row.endpoint.replace(/^\S+ /, "").replace(/:\w+/g, "[^/]+")}$`);

  it("answers whatever comes, or refuses it in the words of the table", async (context) => {
    const { perform } = stage();
    let done = 0;
    const property = async (input: Case) => {
      const { status, text, path } = await perform(input);
      done += status < 300 ? 1 : 0;
      if (status >= 400 && ownPath.test(path)) {
        const { error, error_description, reason } = refusal.parse(JSON.parse(text));
        const [itsStatus, code, words] = wordings[reason] ?? expect.fail(reason);
        expect([status, error]).toEqual([itsStatus, code]);
        expect(error_description.startsWith(words)).toBe(true);
      }
    };

    for (let round = 0; done === 0 && round < ROUNDS_MAX; round += 1) {
      await runCases(context, CASES, requestsFor(row), property, SEED + round);
    }
    expect(done).toBeGreaterThan(0);
  });
});

it("most of them come past the first check", () => {
  const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);

  expect(all).toBeGreaterThanOrEqual(rows.length * CASES);
  expect((statuses.get(401) ?? 0) / all).toBeLessThan(0.4);
});

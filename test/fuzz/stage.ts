import { expect } from "vitest";
import { logLines } from "../support/log-lines.ts";
import { type Answered, ask, type Case } from "./ask.ts";
import { type Cast, newCast } from "./cast.ts";
import { expectHarmlessLetters, expectSound } from "./sound.ts";
import { MARK } from "./texts.ts";

/** So many cases, at most, have to do with one person. */
const CASES_EACH = 100;

/** How often each status was answered, by everything that was asked in this file. */
export const statuses = new Map<number, number>();

/** Who asks now, and how many cases still have to do with them. */
let cast: Cast | null = null;
let left = 0;

/**
 * Somebody who asks, case after case, until they are signed out or told to wait: then somebody else
 * does. Nothing goes wrong meanwhile, and nothing that came in is in the log. For one test.
 */
export function stage(): { perform(input: Case): Promise<Answered> } {
  const log = logLines();
  return {
    async perform(input) {
      if (!cast || left === 0) {
        cast = await newCast();
        left = CASES_EACH;
      }
      left -= 1;
      log.take();
      const answer = await ask(cast, input);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      await expectSound(answer);
      expectQuiet(log.take(), cast);
      const didSomething = answer.method !== "GET" && answer.status < 400;
      if (didSomething) {
        await expectHarmlessLetters(await cast.office.deliver());
      }
      if (answer.status === 429 || (didSomething && !(await isThere(cast)))) {
        cast = null;
      }
      return answer;
    },
  };
}

/** No failure that nobody was told of, and of what came in nothing but names and numbers. */
function expectQuiet(written: string, { known }: Cast): void {
  expect(written).not.toMatch(/"level":"error"/);
  expect(written).not.toContain(MARK);
  for (const [name, value] of Object.entries(known)) {
    expect({ name, isLogged: written.includes(value) }).toEqual({ name, isLogged: false });
  }
}

/** Whether all their sessions are still good for something. */
async function isThere({ office, known }: Cast): Promise<boolean> {
  const { accessToken = "", pageCookie } = known;
  const { status } = await office.ask("/api/user/profile", { method: "GET", bearer: accessToken });
  const cookie = `latchkey=${pageCookie}`;
  const page = await office.ask("/account", { method: "GET", headers: { cookie } });
  return status === 200 && page.status === 200;
}

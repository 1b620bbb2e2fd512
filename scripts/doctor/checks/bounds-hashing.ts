import { type Answer, ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass, skip } from "../finding.ts";
import { throwawayAddress } from "../throwaway-address.ts";

/** More than an isolate queues, and fewer than an address may send a minute. */
const AT_ONCE = 40;
const PATIENCE_MS = 5_000;

/** Many sign-ins at once are refused in time rather than left to time out, and hold up nobody else. */
export const boundsHashing: Check = {
  name: "load",
  title: "A burst of sign-ins holds up nobody",
  async look(patient) {
    if (!patient.load) {
      return skip(`${AT_ONCE} sign-ins at once are sent with --load alone.`);
    }
    const [others, ...answers] = await Promise.all([
      ask(patient, "/.well-known/jwks.json"),
      ...Array.from({ length: AT_ONCE }, () =>
        ask(patient, "/api/login", {
          json: { email: throwawayAddress(), password: "not-the-password-of-anybody" },
        }).catch(() => null),
      ),
    ]);
    const wrong = answers.filter((answer) => answer === null || !isAsItShouldBe(answer));
    const slowest = Math.max(...answers.map((answer) => answer?.milliseconds ?? 0));
    const saw = `${AT_ONCE} at once, the slowest after ${Math.round(slowest)} ms; the keys meanwhile after ${Math.round(others.milliseconds)} ms.`;
    if (wrong.length > 0) {
      return fail(
        `${wrong.length} of ${AT_ONCE} got no answer, or one that is neither 401 nor says when to come back.`,
        "Look in the Worker's logs for exceededCpu: hashing needs the paid plan's CPU time.",
      );
    }
    return others.milliseconds < PATIENCE_MS
      ? pass(saw)
      : fail(saw, "See docs/performance.md for what a storm should cost others.");
  },
};

function isAsItShouldBe({ status, headers }: Answer): boolean {
  return status === 401 || ([429, 503].includes(status) && headers.has("retry-after"));
}

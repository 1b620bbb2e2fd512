import { expect, it } from "vitest";
import type { Authenticator } from "../../support/authenticator.ts";
import { passSeconds } from "../../support/clock.ts";
import { startPionne } from "./pionne.ts";

const STEP_SECONDS = 30;
const { withTotp, totpToken, secondStep } = startPionne();

/** The code that an app shows whose clock is that many steps ahead. */
function codeAhead(app: Authenticator, steps: number): string {
  passSeconds(steps * STEP_SECONDS);
  const code = app.code();
  passSeconds(-steps * STEP_SECONDS);
  return code;
}

it.each([
  [-2, 422],
  [-1, 200],
  [0, 200],
  [1, 200],
  [2, 422],
])("a code of an app that is %d steps ahead is answered with %d", async (steps, status) => {
  const { person, app } = await withTotp();
  passSeconds(10 * STEP_SECONDS);
  const totp_token = await totpToken(person);

  const answer = await secondStep({ totp_token, code: codeAhead(app, steps) });

  expect(answer.status).toBe(status);
});

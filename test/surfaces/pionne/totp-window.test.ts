import { expect, it } from "vitest";
import { Authenticator } from "../../support/authenticator.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const STEP_SECONDS = 30;
const service = startService();

/** Somebody whose second factor is on, and who has given the password. */
async function halfWay() {
  const body = somebody();
  const { token: bearer } = (await service.ask<{ token: string }>("/api/auth/register", { body }))
    .body;
  const { secret } = (
    await service.ask<{ secret: string }>("/api/auth/totp/enable", { bearer, body })
  ).body;
  const app = new Authenticator(secret);
  await service.ask("/api/auth/totp/confirm", { bearer, body: { code: app.code() } });
  passSeconds(10 * STEP_SECONDS);
  const { totp_token } = (await service.ask<{ totp_token: string }>("/api/auth/login", { body }))
    .body;
  return { app, totp_token };
}

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
  stopClock();
  const { app, totp_token } = await halfWay();
  const body = { totp_token, code: codeAhead(app, steps) };

  expect((await service.ask("/api/auth/login/totp", { body })).status).toBe(status);
});

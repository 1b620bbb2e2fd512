import { beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "../../support/authenticator.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { type Person, signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService, type TestService } from "../../support/service.ts";
import { tally } from "../../support/tally.ts";
import { refusal } from "./refusal.ts";

const STALE = refusal(401, "invalid_mfa_token", "The sign-in has to be started again.");
const WRONG = refusal(401, "invalid_code", "The code is wrong or was used already.");
const LIFETIME_SECONDS = 300;
let service: TestService;

beforeEach(() => {
  service = startService();
  stopClock();
});

/** Somebody with a second factor, whose first code was used to turn it on. */
async function member() {
  const { accessToken, person } = await signedIn(service);
  const ask = async <T>(path: string, body: object) =>
    (await service.ask<{ data: T }>(path, { bearer: accessToken, body })).body.data;
  const { secret, enrollment_id } = await ask<{ secret: string; enrollment_id: string }>(
    "/api/user/mfa/enable",
    { method: "totp" },
  );
  const app = new Authenticator(secret);
  const { backup_codes } = await ask<{ backup_codes: string[] }>("/api/user/mfa/verify", {
    enrollment_id,
    code: app.code(),
  });
  return { accessToken, person, app, codes: backup_codes };
}

async function challenge({ email, password }: Person): Promise<string> {
  const { body } = await service.ask<{ mfaToken: string }>("/api/login", {
    body: { email, password },
  });
  return body.mfaToken;
}

const finish = async (body: { mfaToken: string; code?: string; recoveryCode?: string }) =>
  seen(await service.ask("/api/login/mfa", { body }));

describe("POST /api/login/mfa", () => {
  it("takes a token for five minutes", async () => {
    const { person, app } = await member();
    const early = await challenge(person);

    passSeconds(LIFETIME_SECONDS - 30);
    expect(await finish({ mfaToken: early, code: app.code() })).toMatchObject({ status: 200 });
    const late = await challenge(person);
    passSeconds(LIFETIME_SECONDS);
    expect(await finish({ mfaToken: late, code: app.code() })).toEqual(STALE);
  });

  it("takes a code once, whichever token it comes with", async () => {
    const { person, app } = await member();
    const [first, second] = [await challenge(person), await challenge(person)];
    const code = app.nextCode();

    expect(await finish({ mfaToken: first, code })).toMatchObject({ status: 200 });
    expect(await finish({ mfaToken: second, code })).toEqual(WRONG);
    expect(await finish({ mfaToken: second, code: app.nextCode() })).toMatchObject({ status: 200 });
  });

  it("takes a recovery code once, in any case, with or without its dash", async () => {
    const { person, codes } = await member();
    const recoveryCode = (codes[0] ?? "").toUpperCase().replace("-", " ");

    expect(await finish({ mfaToken: await challenge(person), recoveryCode })).toMatchObject({
      status: 200,
    });
    expect(await finish({ mfaToken: await challenge(person), recoveryCode })).toEqual(WRONG);
  });

  it("takes five tries of one token", async () => {
    const { person, app } = await member();
    const mfaToken = await challenge(person);

    for (let tries = 0; tries < 5; tries++) {
      await finish({ mfaToken, code: app.wrongCode() });
    }

    expect(await finish({ mfaToken, code: app.nextCode() })).toEqual(STALE);
  });

  it("opens one session for many equal requests at once", async () => {
    const { person, app } = await member();
    const mfaToken = await challenge(person);
    const code = app.nextCode();

    const answers = await Promise.all(Array.from({ length: 4 }, () => finish({ mfaToken, code })));

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 401: 3 });
  });

  it("takes no token of an account that was disabled, or changed its password since", async () => {
    const changed = await member();
    const disabled = await member();
    const tokens = [await challenge(changed.person), await challenge(disabled.person)] as const;
    passSeconds(1);
    await service.ask("/api/user/password", {
      bearer: changed.accessToken,
      body: { current_password: changed.person.password, new_password: "quiet-heron-marsh" },
    });
    await disableAccount(disabled.person.email);

    expect(await finish({ mfaToken: tokens[0], code: changed.app.nextCode() })).toEqual(STALE);
    expect(await finish({ mfaToken: tokens[1], code: disabled.app.nextCode() })).toEqual(STALE);
  });

  it("takes a token as Bearer for nothing", async () => {
    const { person } = await member();

    const { status } = await service.ask("/api/user/profile", {
      method: "GET",
      bearer: await challenge(person),
    });

    expect(status).toBe(401);
  });
});

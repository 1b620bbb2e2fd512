import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { DEVICE_CODE_GRANT } from "../../../../src/core/client/client.ts";
import { DEFAULT_TENANT_ID } from "../../../../src/core/tenant/tenant.ts";
import { oneClient } from "../../../support/authorization.ts";
import { registerClients, TV } from "../../../support/clients.ts";
import { stopClock } from "../../../support/clock.ts";
import { decide, poll, startedDevice } from "../../../support/devices.ts";
import { registered, signedIn, somebody } from "../../../support/people.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { comeBack, refusal } from "../refusal.ts";
import { badFields, ok, rowsOf, SIGN_IN, WRONG_CODE, WRONG_PASSWORD } from "./rows-of.ts";
import { withTotp } from "./with-totp.ts";

const MFA_TOKEN = expect.stringMatching(/^plnx_mfa_[\w-]{100,}$/);
const NO_REFRESH = refusal(
  401,
  "invalid_refresh_token",
  "The refresh token is not valid. Sign in again.",
);

let service: TestService;
const row = rowsOf(() => service);

beforeAll(registerClients);
beforeEach(() => {
  service = startService();
});

/** The refresh token of a device that was let in through this contract. */
async function signedInDevice(bearer: string, clientId: string): Promise<string> {
  const { userCode, deviceCode } = await startedDevice(service, { clientId });
  await decide(service, bearer, { userCode });
  const { status, body } = await poll(service, deviceCode, clientId);
  if (status !== 200) {
    throw new Error(`polling answered ${status}`);
  }
  return body.refreshToken;
}

async function challenged() {
  const someone = await withTotp(service);
  const { email, password } = someone.person;
  const { body } = await service.ask<{ mfaToken: string }>("/api/login", {
    body: { email, password },
  });
  return { ...someone, mfaToken: body.mfaToken };
}

row("POST /api/login", (ask) => {
  it("answers with a pair of tokens and the user", async () => {
    const { email, password } = await registered(service);

    expect(await ask({ body: { email, password } })).toEqual(
      ok({
        ...SIGN_IN,
        user: { id: "<account id>", email, name: "Robin Example", emailVerified: false },
      }),
    );
  });

  it("answers with a token for the next step where TOTP is on", async () => {
    const { email, password } = (await withTotp(service)).person;

    expect(await ask({ body: { email, password } })).toEqual(
      ok({ mfaRequired: true, mfaToken: MFA_TOKEN }),
    );
  });

  it("refuses what is incomplete, and what is wrong", async () => {
    const { email } = somebody();

    expect(await ask({ body: {} })).toEqual(
      badFields({ email: "is required", password: "is required" }),
    );
    expect(await ask({ body: { email: "robin", password: 1 } })).toEqual(
      badFields({ email: "must be an e-mail address", password: "must be a text" }),
    );
    expect(await ask({ body: { email, password: "x" } })).toEqual(WRONG_PASSWORD);
  });

  it("refuses to be asked too often, and says when to come back", async () => {
    stopClock();
    service = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });

    expect(await ask({ body: somebody() })).toEqual(
      refusal(429, "rate_limited", "Too many attempts. Try again later.", {
        headers: comeBack({ limit: 60, inSeconds: 60 }),
      }),
    );
  });
});

row("POST /api/login/mfa", (ask) => {
  const STALE = refusal(401, "invalid_mfa_token", "The sign-in has to be started again.");

  it("answers a right code like a sign-in", async () => {
    const { mfaToken, app, person } = await challenged();
    const { email } = person;

    expect(await ask({ body: { mfaToken, code: app.nextCode() } })).toEqual(
      ok({
        ...SIGN_IN,
        user: { id: "<account id>", email, name: "Robin Example", emailVerified: false },
      }),
    );
  });

  it("takes a recovery code instead", async () => {
    const { mfaToken, recoveryCodes } = await challenged();

    expect(await ask({ body: { mfaToken, recoveryCode: recoveryCodes[0] } })).toMatchObject({
      status: 200,
      body: SIGN_IN,
    });
  });

  it("refuses a wrong code, and a token that is none or was used", async () => {
    const { mfaToken, app } = await challenged();

    expect(await ask({ body: { mfaToken, code: app.wrongCode() } })).toEqual(WRONG_CODE);
    expect(await ask({ body: { mfaToken, recoveryCode: "wrong-wrong" } })).toEqual(WRONG_CODE);
    expect(await ask({ body: { mfaToken: "plnx_mfa_x", code: "000000" } })).toEqual(STALE);
    expect(await ask({ body: { mfaToken, code: app.nextCode() } })).toMatchObject({ status: 200 });
    expect(await ask({ body: { mfaToken, code: app.nextCode() } })).toEqual(STALE);
  });

  it("refuses what is incomplete, without counting it as a try", async () => {
    const { mfaToken, app } = await challenged();

    for (let tries = 0; tries < 6; tries++) {
      expect(await ask({ body: { mfaToken } })).toEqual(badFields({ code: "is required" }));
    }
    expect(await ask({ body: {} })).toEqual(badFields({ mfaToken: "is required" }));
    expect(await ask({ body: { mfaToken, code: 123456 } })).toEqual(
      badFields({ code: "must be a text" }),
    );
    expect(await ask({ body: { mfaToken, code: app.nextCode() } })).toMatchObject({ status: 200 });
  });
});

row("POST /api/auth/refresh", (ask) => {
  it("answers with another pair, without the user", async () => {
    const { refreshToken } = await signedIn(service);

    expect(await ask({ body: { refreshToken } })).toEqual(ok(SIGN_IN));
  });

  it("refuses what is no refresh token", async () => {
    expect(await ask({ body: { refreshToken: "plnx_rt_x" } })).toEqual(NO_REFRESH);
    expect(await ask({ body: {} })).toEqual(badFields({ refreshToken: "is required" }));
  });

  it("goes on for a person who has to change the password, not for a device of theirs", async () => {
    const { accessToken, refreshToken, person } = await signedIn(service);
    const device = await signedInDevice(accessToken, TV);
    const mustReset = (flag: 0 | 1) =>
      env.DB.prepare("UPDATE accounts SET must_reset_password = ? WHERE email = ?")
        .bind(flag, person.email)
        .run();

    await mustReset(1);
    expect(await ask({ body: { refreshToken } })).toEqual(ok(SIGN_IN));
    expect(await ask({ body: { refreshToken: device } })).toEqual(NO_REFRESH);
    await mustReset(0);

    expect(await ask({ body: { refreshToken: device } })).toEqual(ok(SIGN_IN));
  });

  it("is over for a device whose client was removed, also where that is still remembered", async () => {
    stopClock();
    const clientId = await oneClient({ grants: [DEVICE_CODE_GRANT] });
    const { accessToken, refreshToken } = await signedIn(service);
    const device = await signedInDevice(accessToken, clientId);

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(clientId).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, clientId)).toBe(true);
    expect(await ask({ body: { refreshToken: device } })).toEqual(NO_REFRESH);
    expect(await ask({ body: { refreshToken } })).toEqual(ok(SIGN_IN));
  });
});

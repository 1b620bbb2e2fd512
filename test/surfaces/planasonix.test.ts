import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEVICE_CODE_GRANT } from "../../src/core/client.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { createdKey } from "../support/api-keys.ts";
import { Authenticator } from "../support/authenticator.ts";
import { oneClient } from "../support/authorization.ts";
import { registerClients, TV } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { type Asked, startService, type TestService } from "../support/service.ts";
import { comeBack, JSON_ANSWER, refusal } from "./planasonix/refusal.ts";

// Every row of the contract: what it answers, byte for byte, and how it refuses. What lies behind
// an answer is told in planasonix/.

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const MFA_TOKEN = expect.stringMatching(/^plnx_mfa_[\w-]{100,}$/);
const KEY = expect.stringMatching(/^plnx_live_[0-9A-Za-z]{38}$/);
const KEY_PREFIX = expect.stringMatching(/^plnx_live_[0-9A-Za-z]{4}$/);
const NEW_PASSWORD = "quiet-heron-marsh";
const SIGN_IN = {
  accessToken: "<access token>",
  refreshToken: "<refresh token>",
  expiresIn: 3600,
  tokenType: "Bearer",
};
const DONE = { status: 204, headers: { "cache-control": "no-store" }, body: "" };

const WRONG = refusal(401, "invalid_credentials", "The e-mail address or the password is wrong.");
const WRONG_CODE = refusal(401, "invalid_code", "The code is wrong or was used already.");
const NO_REFRESH = refusal(
  401,
  "invalid_refresh_token",
  "The refresh token is not valid. Sign in again.",
);
const DEAD_LINK = refusal(
  400,
  "invalid_token",
  "The link is not valid any more. Ask for a new one.",
);
const UNAUTHENTICATED = refusal(401, "unauthorized", "Send a valid access token as Bearer.", {
  headers: { "www-authenticate": "Bearer" },
});

let service: TestService;

beforeAll(registerClients);

/** Each test asks a service that answers at an address of its own. */
function row(endpoint: string, tell: (ask: Ask) => void): void {
  const [method = "", path = ""] = endpoint.split(" ");
  describe(endpoint, () => {
    beforeEach(() => {
      service = startService();
    });
    tell(async (asked = {}, id) => {
      return seen(await service.ask(id ? path.replace(":id", id) : path, { method, ...asked }));
    });
  });
}

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

type Ask = (asked?: Asked, id?: string) => Promise<ReturnType<typeof seen>>;

const ok = (body: object, status = 200) => ({ status, headers: JSON_ANSWER, body });
const success = (message: string, status = 200) => ok({ success: true, message }, status);
const invalid = (fields: Record<string, string>) =>
  refusal(400, "validation_error", "The request is not valid.", { fields });
const weak = (fields: Record<string, string>) =>
  refusal(400, "weak_password", "That password is too easy to guess.", { fields });

/** Somebody with a second factor, on a stopped clock. */
async function withTotp() {
  stopClock();
  const { accessToken, person } = await signedIn(service);
  const { body: enabled } = await service.ask<{
    data: { secret: string; enrollment_id: string };
  }>("/api/user/mfa/enable", { bearer: accessToken, body: { method: "totp" } });
  const app = new Authenticator(enabled.data.secret);
  const { body: verified } = await service.ask<{ data: { backup_codes: string[] } }>(
    "/api/user/mfa/verify",
    {
      bearer: accessToken,
      body: { enrollment_id: enabled.data.enrollment_id, code: app.code() },
    },
  );
  return { accessToken, person, app, recoveryCodes: verified.data.backup_codes };
}

async function challenged() {
  const someone = await withTotp();
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
    const { email, password } = (await withTotp()).person;

    expect(await ask({ body: { email, password } })).toEqual(
      ok({ mfaRequired: true, mfaToken: MFA_TOKEN }),
    );
  });

  it("refuses what is incomplete, and what is wrong", async () => {
    const { email } = somebody();

    expect(await ask({ body: {} })).toEqual(
      invalid({ email: "is required", password: "is required" }),
    );
    expect(await ask({ body: { email: "robin", password: 1 } })).toEqual(
      invalid({ email: "must be an e-mail address", password: "must be a text" }),
    );
    expect(await ask({ body: { email, password: "x" } })).toEqual(WRONG);
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
      expect(await ask({ body: { mfaToken } })).toEqual(invalid({ code: "is required" }));
    }
    expect(await ask({ body: {} })).toEqual(invalid({ mfaToken: "is required" }));
    expect(await ask({ body: { mfaToken, code: 123456 } })).toEqual(
      invalid({ code: "must be a text" }),
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
    expect(await ask({ body: {} })).toEqual(invalid({ refreshToken: "is required" }));
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

row("POST /api/register", (ask) => {
  const SENT = success("Check your inbox to confirm your e-mail address.", 201);

  it("answers a free address and a taken one alike", async () => {
    const person = somebody();

    expect(await ask({ body: person })).toEqual(SENT);
    expect(await ask({ body: person })).toEqual(SENT);
  });

  it("refuses a weak password, and what is incomplete", async () => {
    expect(await ask({ body: { ...somebody(), password: "short" } })).toEqual(
      weak({ password: "must have at least 8 characters" }),
    );
    expect(await ask({ body: {} })).toEqual(
      invalid({ email: "is required", password: "is required", name: "is required" }),
    );
  });
});

row("POST /api/forgot-password", (ask) => {
  const SENT = success(
    "If that address has an account, a link to set a new password is on its way.",
  );

  it("answers a known address and an unknown one alike", async () => {
    const { email } = await registered(service);

    expect(await ask({ body: { email } })).toEqual(SENT);
    expect(await ask({ body: { email: somebody().email } })).toEqual(SENT);
  });

  it("refuses what is no address", async () => {
    expect(await ask({ body: { email: "robin" } })).toEqual(
      invalid({ email: "must be an e-mail address" }),
    );
  });
});

row("POST /api/reset-password", (ask) => {
  it("sets the password with a mailed token, once", async () => {
    const { email } = await registered(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);

    expect(await ask({ body: { token, password: "password" } })).toEqual(
      weak({ password: "is among the first that anyone would try; choose another" }),
    );
    expect(await ask({ body: { token, password: NEW_PASSWORD } })).toEqual(
      success("Your password is set. Sign in with it."),
    );
    expect(await ask({ body: { token, password: NEW_PASSWORD } })).toEqual(DEAD_LINK);
  });

  it("refuses what is incomplete", async () => {
    expect(await ask({ body: {} })).toEqual(
      invalid({ token: "is required", password: "is required" }),
    );
  });
});

row("POST /api/verify-email", (ask) => {
  it("confirms an address with a mailed token, once", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    expect(await ask({ body: { token } })).toEqual(success("Your e-mail address is confirmed."));
    expect(await ask({ body: { token } })).toEqual(DEAD_LINK);
    expect(await ask({ body: {} })).toEqual(invalid({ token: "is required" }));
  });
});

row("POST /api/v2/auth/device", (ask) => {
  it("answers with the codes and where to enter them", async () => {
    expect(await ask({ body: { clientId: TV } })).toEqual(
      ok({
        deviceCode: "<device code>",
        userCode: "<user code>",
        verificationUri: "http://localhost:8787/device",
        verificationUriComplete: "http://localhost:8787/device?user_code=<user code>",
        expiresIn: 900,
        interval: 5,
      }),
    );
  });

  it("refuses unknown clients, and scopes that are not theirs", async () => {
    expect(await ask({ body: { clientId: "nobody" } })).toEqual(
      refusal(401, "invalid_client", "The client is not registered for device sign-in."),
    );
    expect(await ask({ body: { clientId: TV, scopes: ["admin"] } })).toEqual(
      invalid({ scopes: "has a scope that this client may not ask for" }),
    );
    expect(await ask({ body: {} })).toEqual(invalid({ clientId: "is required" }));
  });
});

row("POST /api/v2/auth/device/token", (ask) => {
  it("answers an approved device like a sign-in", async () => {
    const { accessToken, person } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });

    expect(await ask({ body: { deviceCode, clientId: TV } })).toEqual(
      ok({
        ...SIGN_IN,
        user: { id: "<account id>", email: person.email, name: person.name, emailVerified: false },
      }),
    );
  });

  it("refuses while nobody decided, too fast, after a no, and what is no code", async () => {
    stopClock();
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    const body = { deviceCode, clientId: TV };

    expect(await ask({ body })).toEqual(
      refusal(400, "authorization_pending", "Nobody has decided yet. Keep polling."),
    );
    expect(await ask({ body })).toEqual(
      refusal(400, "slow_down", "Too fast. Poll five seconds slower from now on."),
    );
    await decide(service, accessToken, { userCode, approve: false });
    expect(await ask({ body })).toEqual(refusal(400, "access_denied", "The request was denied."));
    expect(await ask({ body: { ...body, deviceCode: "none" } })).toEqual(
      refusal(400, "invalid_grant", "The device code is not valid. Start again."),
    );
  });

  it("lets nobody in for a client that was removed, also where that is still remembered", async () => {
    stopClock();
    const clientId = await oneClient({ grants: [DEVICE_CODE_GRANT] });
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service, { clientId });
    await decide(service, accessToken, { userCode });

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(clientId).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, clientId)).toBe(true);
    expect(await ask({ body: { deviceCode, clientId } })).toEqual(
      refusal(400, "access_denied", "The request was denied."),
    );
  });

  it("refuses a flood with slow_down too", async () => {
    stopClock();
    const { deviceCode } = await startedDevice(service);
    service = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });

    expect(await ask({ body: { deviceCode, clientId: TV } })).toEqual(
      refusal(429, "slow_down", "Too many polls with this code. Slow down.", {
        headers: comeBack({ limit: 300, inSeconds: 60 }),
      }),
    );
  });
});

row("POST /api/v2/auth/device/authorize", (ask) => {
  it("approves or denies, once", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { userCode } = await startedDevice(service);
    const { userCode: unwanted } = await startedDevice(service);

    expect(await ask({ bearer, body: { userCode } })).toEqual(success("The device is approved."));
    expect(await ask({ bearer, body: { userCode: unwanted, approve: false } })).toEqual(
      success("The device is denied."),
    );
    expect(await ask({ bearer, body: { userCode } })).toEqual(
      refusal(409, "already_used", "That code was used already."),
    );
  });

  it("refuses unknown codes, scopes that were not asked for, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { userCode } = await startedDevice(service, { scopes: ["openid"] });

    expect(await ask({ bearer, body: { userCode: "none" } })).toEqual(
      refusal(404, "invalid_user_code", "No device is waiting under that code."),
    );
    expect(await ask({ bearer, body: { userCode, scopes: ["profile"] } })).toEqual(
      invalid({ scopes: "has a scope that the device did not ask for" }),
    );
    expect(await ask({ bearer, body: {} })).toEqual(invalid({ userCode: "is required" }));
    expect(await ask({ body: { userCode } })).toEqual(UNAUTHENTICATED);
  });
});

row("GET /api/user/profile", (ask) => {
  it("shows who asks, with null for what nobody said", async () => {
    const { accessToken: bearer, person } = await signedIn(service);

    expect(await ask({ bearer })).toEqual(
      ok({
        data: {
          id: "<account id>",
          email: person.email,
          display_name: "Robin Example",
          timezone: null,
          locale: null,
          avatar_url: null,
          organization_id: DEFAULT_TENANT_ID,
          roles: ["user"],
        },
      }),
    );
  });

  it("shows the id that a sign-in shows", async () => {
    const { accessToken: bearer, user } = await signedIn(service);

    const { body } = await service.ask("/api/user/profile", { method: "GET", bearer });

    expect(body).toMatchObject({ data: { id: user.id } });
  });

  it("refuses a small scope, and nobody in particular", async () => {
    const { accessToken } = await signedIn(service);
    const { key: bearer } = await createdKey(service, accessToken, { scopes: ["profile:write"] });

    expect(await ask({ bearer })).toEqual(
      refusal(403, "insufficient_scope", "This credential may not do that.", {
        headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
      }),
    );
    expect(await ask()).toEqual(UNAUTHENTICATED);
  });
});

row("PUT /api/user/profile", (ask) => {
  it("changes what is named", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const body = { display_name: "Robin Other", timezone: "Europe/Vienna", locale: "de-AT" };

    expect(await ask({ bearer, body })).toEqual(
      ok({
        data: { id: "<account id>", email: person.email, ...body, updated_at: TIME },
      }),
    );
  });

  it("refuses what can be none, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: { display_name: 1, timezone: "Mars", locale: "" } })).toEqual(
      invalid({
        display_name: "must be a text",
        timezone: "must be an IANA time zone, such as Europe/Vienna",
        locale: "must not be empty",
      }),
    );
    expect(await ask({ body: {} })).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/password", (ask) => {
  it("changes the password and has nothing to show", async () => {
    const { accessToken: bearer, person } = await signedIn(service);

    expect(
      await ask({
        bearer,
        body: { current_password: person.password, new_password: NEW_PASSWORD },
      }),
    ).toEqual(DONE);
  });

  it("refuses a wrong password, the same again and a weak one", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const { password: current_password } = person;

    expect(
      await ask({ bearer, body: { current_password: "wrong", new_password: "short" } }),
    ).toEqual(WRONG);
    expect(
      await ask({ bearer, body: { current_password, new_password: current_password } }),
    ).toEqual(
      refusal(400, "weak_password", "The new password is the old one. Choose another.", {
        fields: { new_password: "must be another one than before" },
      }),
    );
    expect(await ask({ bearer, body: { current_password, new_password: "short" } })).toEqual(
      weak({ new_password: "must have at least 8 characters" }),
    );
  });

  it("refuses what is incomplete, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: {} })).toEqual(
      invalid({ current_password: "is required", new_password: "is required" }),
    );
    expect(await ask({ body: {} })).toEqual(UNAUTHENTICATED);
  });
});

row("GET /api/user/mfa", (ask) => {
  it("says what is on", async () => {
    const { accessToken: without } = await signedIn(service);
    const { accessToken: withOne } = await withTotp();

    expect(await ask({ bearer: without })).toEqual(
      ok({ data: { enabled: false, methods: [], backup_codes_remaining: 0 } }),
    );
    expect(await ask({ bearer: withOne })).toEqual(
      ok({ data: { enabled: true, methods: ["totp"], backup_codes_remaining: 8 } }),
    );
    expect(await ask()).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/mfa/enable", (ask) => {
  it("answers with the secret, and what an authenticator app reads it from", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: { method: "totp" } })).toEqual(
      ok({
        data: {
          method: "totp",
          secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
          otpauth_uri: expect.stringMatching(
            /^otpauth:\/\/totp\/[^?]+\?secret=[A-Z2-7]{32}&issuer=\w+&algorithm=SHA1&digits=6&period=30$/,
          ),
          enrollment_id: UUID,
        },
      }),
    );
  });

  it("refuses another method, what is on already, and nobody in particular", async () => {
    const { accessToken: bearer } = await withTotp();

    expect(await ask({ bearer, body: { method: "totp" } })).toEqual(
      refusal(409, "already_enabled", "Two-factor authentication is on already."),
    );
    expect(await ask({ bearer, body: { method: "sms" } })).toEqual(
      invalid({ method: "must be totp" }),
    );
    expect(await ask({ bearer, body: {} })).toEqual(invalid({ method: "must be totp" }));
    expect(await ask({ body: { method: "totp" } })).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/mfa/verify", (ask) => {
  async function enrolled() {
    stopClock();
    const { accessToken: bearer } = await signedIn(service);
    const { body } = await service.ask<{ data: { secret: string; enrollment_id: string } }>(
      "/api/user/mfa/enable",
      { bearer, body: { method: "totp" } },
    );
    const { secret, enrollment_id } = body.data;
    const app = new Authenticator(secret);
    return { bearer, app, enrollment_id, code: app.code() };
  }

  it("turns it on with a first code, and shows the backup codes", async () => {
    const { bearer, app: _, ...body } = await enrolled();

    expect(await ask({ bearer, body })).toEqual(
      ok({
        data: {
          enabled: true,
          backup_codes: Array(8).fill(expect.stringMatching(/^[2-9a-z]{5}-[2-9a-z]{5}$/)),
        },
      }),
    );
  });

  it("refuses a wrong code, another enrolment, what is incomplete, and nobody", async () => {
    const { bearer, app, ...body } = await enrolled();

    const wrong = { ...body, code: app.wrongCode() };
    expect(await ask({ bearer, body: wrong })).toEqual(WRONG_CODE);
    expect(await ask({ bearer, body: { ...body, enrollment_id: "another" } })).toEqual(WRONG_CODE);
    expect(await ask({ bearer, body: {} })).toEqual(
      invalid({ enrollment_id: "is required", code: "is required" }),
    );
    expect(await ask({ body })).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/mfa/disable", (ask) => {
  it("turns it off with the password and a code", async () => {
    const { accessToken: bearer, person, app } = await withTotp();
    const { email, password } = person;

    expect(await ask({ bearer, body: { password, code: app.nextCode() } })).toEqual(DONE);
    expect((await service.ask("/api/login", { body: { email, password } })).body).toMatchObject({
      tokenType: "Bearer",
    });
  });

  it("refuses a wrong password, a wrong code, what is incomplete, and nobody", async () => {
    const { accessToken: bearer, person, app } = await withTotp();
    const { password } = person;

    expect(await ask({ bearer, body: { password: "wrong", code: app.nextCode() } })).toEqual(WRONG);
    expect(await ask({ bearer, body: { password, code: app.wrongCode() } })).toEqual(WRONG_CODE);
    expect(await ask({ bearer, body: {} })).toEqual(
      invalid({ password: "is required", code: "is required" }),
    );
    expect(await ask({ body: { password, code: "000000" } })).toEqual(UNAUTHENTICATED);
  });

  it("refuses a code where none is on", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const { password } = person;

    expect(await ask({ bearer, body: { password, code: "000000" } })).toEqual(WRONG_CODE);
  });
});

row("GET /api/user/api-keys", (ask) => {
  it("lists the caller's keys, the newest first, without the keys themselves", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const first = await createdKey(service, bearer, { expires_at: "2126-01-31T12:00:00Z" });
    const second = await createdKey(service, bearer, { scopes: [] });
    await service.ask("/api/user/profile", { method: "GET", bearer: first.key });

    expect(await ask({ bearer })).toEqual(
      ok({
        data: [
          {
            id: second.id,
            name: "A key",
            prefix: second.prefix,
            scopes: [],
            created_at: TIME,
            last_used_at: null,
            expires_at: null,
          },
          {
            id: first.id,
            name: "A key",
            prefix: first.prefix,
            scopes: ["profile:read"],
            created_at: TIME,
            last_used_at: TIME,
            expires_at: "2126-01-31T12:00:00Z",
          },
        ],
        meta: { total: 2 },
      }),
    );
  });

  it("is empty for who has none, and refused to nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer })).toEqual(ok({ data: [], meta: { total: 0 } }));
    expect(await ask()).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/api-keys", (ask) => {
  it("shows the key, this once", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: { name: "Nightly", scopes: ["profile:read"] } })).toEqual(
      ok(
        {
          data: {
            id: UUID,
            name: "Nightly",
            scopes: ["profile:read"],
            prefix: KEY_PREFIX,
            key: KEY,
            created_at: TIME,
            expires_at: null,
          },
        },
        201,
      ),
    );
  });

  it("refuses what is incomplete, an expiry that is past, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const body = { name: "Nightly", scopes: [], expires_at: "2020-01-31T12:00:00Z" };

    expect(await ask({ bearer, body })).toEqual(invalid({ expires_at: "must be in the future" }));
    expect(await ask({ bearer, body: {} })).toEqual(
      invalid({ name: "is required", scopes: "must be a list of texts" }),
    );
    expect(await ask({ body })).toEqual(UNAUTHENTICATED);
  });
});

row("DELETE /api/user/api-keys/:id", (ask) => {
  const UNKNOWN = refusal(404, "not_found", "There is no such key.");

  it("deletes a key of the caller's own, once", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { id } = await createdKey(service, bearer);

    expect(await ask({ bearer }, id)).toEqual(DONE);
    expect(await ask({ bearer }, id)).toEqual(UNKNOWN);
  });

  it("refuses unknown ids and those of others alike, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { accessToken: other } = await signedIn(service);
    const { id, key } = await createdKey(service, other);

    expect(await ask({ bearer }, id)).toEqual(UNKNOWN);
    expect(await ask({ bearer }, crypto.randomUUID())).toEqual(UNKNOWN);
    expect(await ask({ bearer }, "%20")).toEqual(UNKNOWN);
    expect(await ask({}, id)).toEqual(UNAUTHENTICATED);
    const { status } = await service.ask("/api/user/profile", { method: "GET", bearer: key });
    expect(status).toBe(200);
  });
});

describe("an account that has to change its password", () => {
  it("may see its profile and change its password, and is told so elsewhere", async () => {
    service = startService();
    const { accessToken: bearer, person } = await signedIn(service);
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();
    const see = async (path: string) => seen(await service.ask(path, { method: "GET", bearer }));

    expect(await see("/api/user/profile")).toMatchObject({ status: 200 });
    expect(await see("/api/user/api-keys")).toEqual(
      refusal(403, "password_change_required", "Change the password first."),
    );
    await service.ask("/api/user/password", {
      bearer,
      body: { current_password: person.password, new_password: NEW_PASSWORD },
    });
    expect(await see("/api/user/api-keys")).toMatchObject({ status: 200 });
  });
});

describe("what no row takes", () => {
  it.each([
    ["GET", "/api/login", 405, "method_not_allowed", "This path does not take that method."],
    ["POST", "/api/none", 404, "not_found", "There is nothing here."],
    ["GET", "/api/user", 404, "not_found", "There is nothing here."],
  ])("%s %s is %d", async (method, path, status, code, message) => {
    const answer = seen(await startService().ask(path, { method }));

    expect(answer).toMatchObject({ status, body: { error: { code, message } } });
  });
});

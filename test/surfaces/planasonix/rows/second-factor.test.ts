import { beforeEach, expect, it } from "vitest";
import { Authenticator } from "../../../support/authenticator.ts";
import { stopClock } from "../../../support/clock.ts";
import { signedIn } from "../../../support/people.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { refusal } from "../refusal.ts";
import {
  badFields,
  DONE,
  ok,
  rowsOf,
  UNAUTHENTICATED,
  UUID,
  WRONG_CODE,
  WRONG_PASSWORD,
} from "./rows-of.ts";
import { withTotp } from "./with-totp.ts";

let service: TestService;
const row = rowsOf(() => service);

beforeEach(() => {
  service = startService();
});

row("GET /api/user/mfa", (ask) => {
  it("says what is on", async () => {
    const { accessToken: without } = await signedIn(service);
    const { accessToken: withOne } = await withTotp(service);

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
    const { accessToken: bearer } = await withTotp(service);

    expect(await ask({ bearer, body: { method: "totp" } })).toEqual(
      refusal(409, "already_enabled", "Two-factor authentication is on already."),
    );
    expect(await ask({ bearer, body: { method: "sms" } })).toEqual(
      badFields({ method: "must be totp" }),
    );
    expect(await ask({ bearer, body: {} })).toEqual(badFields({ method: "must be totp" }));
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
      badFields({ enrollment_id: "is required", code: "is required" }),
    );
    expect(await ask({ body })).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/mfa/disable", (ask) => {
  it("turns it off with the password and a code", async () => {
    const { accessToken: bearer, person, app } = await withTotp(service);
    const { email, password } = person;

    expect(await ask({ bearer, body: { password, code: app.nextCode() } })).toEqual(DONE);
    expect((await service.ask("/api/login", { body: { email, password } })).body).toMatchObject({
      tokenType: "Bearer",
    });
  });

  it("refuses a wrong password, a wrong code, what is incomplete, and nobody", async () => {
    const { accessToken: bearer, person, app } = await withTotp(service);
    const { password } = person;

    expect(await ask({ bearer, body: { password: "wrong", code: app.nextCode() } })).toEqual(
      WRONG_PASSWORD,
    );
    expect(await ask({ bearer, body: { password, code: app.wrongCode() } })).toEqual(WRONG_CODE);
    expect(await ask({ bearer, body: {} })).toEqual(
      badFields({ password: "is required", code: "is required" }),
    );
    expect(await ask({ body: { password, code: "000000" } })).toEqual(UNAUTHENTICATED);
  });

  it("refuses a code where none is on", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const { password } = person;

    expect(await ask({ bearer, body: { password, code: "000000" } })).toEqual(WRONG_CODE);
  });
});

import { expect, it } from "vitest";
import { Authenticator } from "../../support/authenticator.ts";
import { stopClock } from "../../support/clock.ts";
import { signedIn } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

it("GET /api/user/mfa counts the backup codes that are left", async () => {
  stopClock();
  const service = startService();
  const { accessToken: bearer, person } = await signedIn(service);
  const ask = async <T>(path: string, asked: object) =>
    (await service.ask<{ data: T }>(path, { bearer, ...asked })).body.data;
  const { secret, enrollment_id } = await ask<{ secret: string; enrollment_id: string }>(
    "/api/user/mfa/enable",
    { body: { method: "totp" } },
  );
  const body = { enrollment_id, code: new Authenticator(secret).code() };
  const { backup_codes } = await ask<{ backup_codes: string[] }>("/api/user/mfa/verify", { body });

  const { body: begun } = await service.ask<{ mfaToken: string }>("/api/login", { body: person });
  const { mfaToken } = begun;
  await service.ask("/api/login/mfa", { body: { mfaToken, recoveryCode: backup_codes[3] } });

  expect(await ask("/api/user/mfa", { method: "GET" })).toEqual({
    enabled: true,
    methods: ["totp"],
    backup_codes_remaining: 7,
  });
});

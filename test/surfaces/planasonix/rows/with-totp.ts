import { Authenticator } from "../../../support/authenticator.ts";
import { stopClock } from "../../../support/clock.ts";
import { signedIn } from "../../../support/people.ts";
import type { TestService } from "../../../support/service.ts";

/** Somebody with a second factor, on a stopped clock. */
export async function withTotp(service: TestService) {
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

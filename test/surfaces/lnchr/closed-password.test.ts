import { describe, expect, it } from "vitest";
import { mailTo } from "../../support/mail.ts";
import { member } from "../../support/members.ts";
import { randomAddress, startService } from "../../support/service.ts";

const CLOSED_AFTER = 12;

describe("POST /api/v1/auth/verify-code", () => {
  it("opens a password again that too many failures closed, in tenants without another recovery", async () => {
    const service = startService({ PASSWORD_FAILURES_BEFORE_CLOSING: String(CLOSED_AFTER) });
    const { email, password } = await member(service);
    const logIn = (typed: string) =>
      service.ask("/api/v1/auth/login", {
        body: { email, password: typed },
        address: randomAddress(),
      });
    for (let count = 0; count < CLOSED_AFTER; count++) {
      await logIn("not the right one");
    }
    expect((await logIn(password)).status).toBe(429);

    await service.ask("/api/v1/auth/send-code", { body: { email } });
    const { text } = await mailTo(service, email, /code to sign in/i);
    const code = text.match(/\b\d{6}\b/)?.[0];
    const entered = await service.ask("/api/v1/auth/verify-code", { body: { email, code } });

    expect(entered.status).toBe(200);
    expect((await logIn(password)).status).toBe(200);
  });
});

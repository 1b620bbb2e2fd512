import { describe, expect, it } from "vitest";
import { disableAccount } from "../../support/disabled.ts";
import { linksIn } from "../../support/links.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../../support/mail.ts";
import { registered, signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { onTheWire } from "../../support/wire.ts";
import { JSON_ANSWER } from "./refusal.ts";

const service = startService();

const ask = (email: string) => service.ask("/api/forgot-password", { body: { email } });

describe("POST /api/forgot-password", () => {
  it("mails a link to set a new password", async () => {
    const { email } = await registered(service);

    expect(seen(await ask(email))).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: {
        success: true,
        message: "If that address has an account, a link to set a new password is on its way.",
      },
    });

    const mail = await mailTo(service, email, RESET);
    expect(linksIn(mail)).toEqual(["http://localhost:8787/reset?token=<token>"]);
  });

  it("answers an unknown address byte for byte like a known one, and mails it nothing", async () => {
    const { email } = await registered(service);
    const stranger = somebody().email;

    const unknown = await onTheWire(service, "/api/forgot-password", { email: stranger });
    const known = await onTheWire(service, "/api/forgot-password", { email });

    expect(unknown).toEqual(known);
    await mailTo(service, email, RESET);
    expect(await service.mailbox?.(stranger)).toEqual([]);
  });

  it("answers a disabled account byte for byte like any, and mails it no link", async () => {
    const disabled = await registered(service);
    await mailTo(service, disabled.email, VERIFY);
    await disableAccount(disabled.email);
    const { email } = await registered(service);

    const answer = await onTheWire(service, "/api/forgot-password", { email: disabled.email });

    expect(answer).toEqual(await onTheWire(service, "/api/forgot-password", { email }));
    await mailTo(service, email, RESET);
    const subjects = (await service.mailbox?.(disabled.email))?.map(({ subject }) => subject);
    expect(subjects).toEqual(["Confirm your e-mail address"]);
  });

  it("finds the account under any spelling of its address", async () => {
    const { email } = await registered(service);

    await ask(`  ${email.toUpperCase()} `);

    expect(await mailedToken(service, email, RESET)).toHaveLength(43);
  });

  it("changes nothing on the account", async () => {
    const { person, refreshToken } = await signedIn(service);

    await ask(person.email);
    await mailTo(service, person.email, RESET);

    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
    expect((await signedIn(service, person)).user.emailVerified).toBe(false);
  });
});

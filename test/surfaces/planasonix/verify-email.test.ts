import { describe, expect, it } from "vitest";
import { mailedToken, RESET, VERIFY } from "../../support/mail.ts";
import { registered, signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { storedLink } from "../../support/stored-link.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();
const INVALID = refusal(400, "invalid_token", "The link is not valid any more. Ask for a new one.");

const verify = (token: string) => service.ask("/api/verify-email", { body: { token } });

describe("POST /api/verify-email", () => {
  it("marks the address as its owner's", async () => {
    const person = await registered(service);
    const token = await mailedToken(service, person.email, VERIFY);

    expect(seen(await verify(token))).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: { success: true, message: "Your e-mail address is confirmed." },
    });
    expect((await signedIn(service, person)).user.emailVerified).toBe(true);
  });

  it("takes a token once", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);
    await verify(token);

    expect(seen(await verify(token))).toEqual(INVALID);
  });

  it("refuses a token that nobody was mailed", async () => {
    expect(seen(await verify("A".repeat(43)))).toEqual(INVALID);
    expect(seen(await verify("none"))).toEqual(INVALID);
  });

  it("refuses the token of a link to set a password, which stays usable for that", async () => {
    const { email } = await registered(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);

    expect(seen(await verify(token))).toEqual(INVALID);
    const reset = await service.ask("/api/reset-password", {
      body: { token, password: "quiet-heron-marsh" },
    });
    expect(reset.status).toBe(200);
  });

  it("refuses the token of an account that a reset has verified meanwhile", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);
    await service.ask("/api/forgot-password", { body: { email } });
    await service.ask("/api/reset-password", {
      body: { token: await mailedToken(service, email, RESET), password: "quiet-heron-marsh" },
    });

    expect(seen(await verify(token))).toEqual(INVALID);
  });

  it("knows a token for 24 hours, by its hash", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    const link = await storedLink("verify-email", token);

    expect(link.secondsLeft).toBeGreaterThan(24 * 3600 - 60);
    expect(link.secondsLeft).toBeLessThanOrEqual(24 * 3600);
    await link.expire();
    expect(seen(await verify(token))).toEqual(INVALID);
  });
});

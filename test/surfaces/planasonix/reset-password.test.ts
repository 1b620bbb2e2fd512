import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createdKey } from "../../support/api-keys.ts";
import { registerClients } from "../../support/clients.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { disableAccount } from "../../support/disabled.ts";
import { linksIn } from "../../support/links.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../../support/mail.ts";
import { member } from "../../support/members.ts";
import { type Person, registered, signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService, type TestService } from "../../support/service.ts";
import { everythingKept, storedLink } from "../../support/stored-link.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
const INVALID = refusal(400, "invalid_token", "The link is not valid any more. Ask for a new one.");
let service: TestService;

beforeAll(registerClients);
beforeEach(() => {
  service = startService();
});

const reset = (token: string, password = NEW_PASSWORD) =>
  service.ask("/api/reset-password", { body: { token, password } });
const logIn = (email: string, password: string) =>
  service.ask("/api/login", { body: { email, password } });

async function resetToken({ email }: Pick<Person, "email">): Promise<string> {
  await service.ask("/api/forgot-password", { body: { email } });
  return mailedToken(service, email, RESET);
}

describe("POST /api/reset-password", () => {
  it("REC-02: sets the password and signs nobody in", async () => {
    const person = await registered(service);

    expect(seen(await reset(await resetToken(person)))).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: { success: true, message: "Your password is set. Sign in with it." },
    });

    expect((await logIn(person.email, NEW_PASSWORD)).status).toBe(200);
    expect((await logIn(person.email, person.password)).status).toBe(401);
  });

  it("REC-02: ends every session of the account, those of devices too, and of no other", async () => {
    const { person, accessToken, refreshToken } = await signedIn(service);
    const second = await signedIn(service, person);
    const stranger = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });
    const { body: device } = await poll(service, deviceCode);
    const token = await resetToken(person);

    await reset(token);

    const statusOf = async (refreshToken: string) =>
      (await service.ask("/api/auth/refresh", { body: { refreshToken } })).status;
    expect(await statusOf(refreshToken)).toBe(401);
    expect(await statusOf(second.refreshToken)).toBe(401);
    expect(await statusOf(device.refreshToken)).toBe(401);
    expect(await statusOf(stranger.refreshToken)).toBe(200);
    expect((await decide(service, accessToken, { userCode: "none" })).status).toBe(401);
  });

  it("ends what an ended session approved: a device that did not fetch its tokens yet gets none", async () => {
    const { person, accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });

    await reset(await resetToken(person));

    expect((await poll(service, deviceCode)).status).toBe(400);
  });

  it("marks the address as its owner's: the link came by mail", async () => {
    const person = await registered(service);
    await reset(await resetToken(person));

    const { user } = await signedIn(service, { ...person, password: NEW_PASSWORD });

    expect(user.emailVerified).toBe(true);
  });

  it("leaves API keys to an owner whose address was proved before, as its page says", async () => {
    const { person, accessToken } = await signedIn(service, await member(service));
    const { key } = await createdKey(service, accessToken);

    await reset(await resetToken(person));

    const { status } = await service.ask("/api/user/profile", { method: "GET", bearer: key });
    expect(status).toBe(200);
  });

  it("REC-02: tells the owner by mail, with a link to say that it was not them", async () => {
    const person = await registered(service);
    await reset(await resetToken(person));

    const mail = await mailTo(service, person.email, /was changed/);

    expect(linksIn(mail)).toEqual(["http://localhost:8787/secure?token=<token>"]);
  });
});

describe("REC-01: a link to set a password", () => {
  it("works once", async () => {
    const person = await registered(service);
    const token = await resetToken(person);
    await reset(token);

    expect(seen(await reset(token, "another-heron-marsh"))).toEqual(INVALID);
    expect((await logIn(person.email, NEW_PASSWORD)).status).toBe(200);
  });

  it("works until a newer one is mailed", async () => {
    const person = await registered(service);
    const older = await resetToken(person);
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const newer = await vi.waitFor(
      async () => {
        const token = await mailedToken(service, person.email, RESET);
        expect(token).not.toBe(older);
        return token;
      },
      { timeout: 30_000 },
    );

    expect(seen(await reset(older))).toEqual(INVALID);
    expect((await reset(newer)).status).toBe(200);
  });

  it("works for an hour, and is known by its hash", async () => {
    const token = await resetToken(await registered(service));

    const link = await storedLink("reset-password", token);

    expect(await everythingKept("reset-password")).not.toContain(token);
    expect(link.secondsLeft).toBeGreaterThan(3600 - 60);
    expect(link.secondsLeft).toBeLessThanOrEqual(3600);
    await link.expire();
    expect(seen(await reset(token))).toEqual(INVALID);
  });

  it("stays usable after a password that is easy to guess", async () => {
    const person = await registered(service);
    const token = await resetToken(person);
    const weak = (problem: string) =>
      refusal(400, "weak_password", "That password is too easy to guess.", {
        fields: { password: problem },
      });

    expect(seen(await reset(token, "short-1"))).toEqual(weak("must have at least 8 characters"));
    expect(seen(await reset(token, "password1"))).toEqual(
      weak("is among the first that anyone would try; choose another"),
    );
    expect(seen(await reset(token, "RobinExample"))).toEqual(
      weak("is made of your own name or address; choose another"),
    );
    expect((await logIn(person.email, person.password)).status).toBe(200);
    expect((await reset(token)).status).toBe(200);
  });

  it("does nothing for a disabled account", async () => {
    const person = await registered(service);
    const token = await resetToken(person);
    await disableAccount(person.email);

    expect(seen(await reset(token))).toEqual(INVALID);
  });
});

describe("what is no such link", () => {
  it("sets nothing: an unknown token, or one to confirm an address, which stays usable", async () => {
    const { email, password } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    expect(seen(await reset("A".repeat(43)))).toEqual(INVALID);
    expect(seen(await reset(token))).toEqual(INVALID);
    expect((await logIn(email, password)).status).toBe(200);
    expect((await service.ask("/api/verify-email", { body: { token } })).status).toBe(200);
  });

  it("is refused before its password is looked at", async () => {
    expect(seen(await reset("A".repeat(43), "password"))).toEqual(INVALID);
  });
});

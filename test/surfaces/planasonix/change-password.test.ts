import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerClients } from "../../support/clients.ts";
import { stopClock } from "../../support/clock.ts";
import { countCalls } from "../../support/count-calls.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../../support/mail.ts";
import { registered, signedIn } from "../../support/people.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { startService, type TestService } from "../../support/service.ts";
import { tally } from "../../support/tally.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
let service: TestService;

beforeAll(registerClients);
beforeEach(() => {
  service = startService();
});

const change = (
  bearer: string,
  current_password: string,
  new_password = NEW_PASSWORD,
  by = service,
) => by.ask("/api/user/password", { bearer, body: { current_password, new_password } });
const logIn = async (email: string, password: string) =>
  (await service.ask("/api/login", { body: { email, password } })).status;
const isSignedIn = async (bearer: string) =>
  (await service.ask("/api/user/profile", { method: "GET", bearer })).status === 200;

describe("POST /api/user/password", () => {
  it("makes the new password the only one", async () => {
    const { accessToken, person } = await signedIn(service);

    expect((await change(accessToken, person.password)).status).toBe(204);

    expect(await logIn(person.email, NEW_PASSWORD)).toBe(200);
    expect(await logIn(person.email, person.password)).toBe(401);
  });

  it("ends every session but the one that asks, and nobody else's", async () => {
    const { accessToken, refreshToken, person } = await signedIn(service);
    const other = await signedIn(service, person);
    const stranger = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service, { scopes: ["profile:read"] });
    await decide(service, accessToken, { userCode });
    const device = (await poll(service, deviceCode)).body;

    await change(accessToken, person.password);

    expect(await isSignedIn(accessToken)).toBe(true);
    expect((await service.ask("/api/auth/refresh", { body: { refreshToken } })).status).toBe(200);
    expect(await isSignedIn(other.accessToken)).toBe(false);
    expect(await isSignedIn(device.accessToken)).toBe(false);
    expect(await isSignedIn(stranger.accessToken)).toBe(true);
  });

  it("leaves a link that was mailed before to who reads the mailbox", async () => {
    const { accessToken, person } = await signedIn(service);
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const token = await mailedToken(service, person.email, RESET);

    await change(accessToken, person.password);

    const reset = { token, password: "another-heron-marsh" };
    expect((await service.ask("/api/reset-password", { body: reset })).status).toBe(200);
  });

  it("tells the owner by mail, and no more often within the hour than other mails come", async () => {
    const postOffice = startPostOffice({ MAILS_PER_HOUR: "2" });
    const { accessToken, person } = await signedIn(postOffice);
    await postOffice.deliver();
    let password = person.password;

    for (const next of ["quiet-heron-1", "quiet-heron-2", "quiet-heron-3"]) {
      const body = { current_password: password, new_password: next };
      await postOffice.ask("/api/user/password", { bearer: accessToken, body });
      password = next;
    }

    expect(await postOffice.deliver()).toHaveLength(2);
  });

  it("tells the owner by mail", async () => {
    const { accessToken, person } = await signedIn(service);

    await change(accessToken, person.password);

    await expect(mailTo(service, person.email, /password was changed/i)).resolves.toBeDefined();
  });

  it("takes two hashes, and one to refuse a wrong password", async () => {
    const { accessToken, person } = await signedIn(service);
    await mailTo(service, person.email, VERIFY);

    expect(await countCalls(() => change(accessToken, "wrong"))).toMatchObject({ hashes: 1 });
    expect(await countCalls(() => change(accessToken, person.password))).toMatchObject({
      hashes: 2,
    });
  });

  it("compares passwords in all the ways a keyboard composes them", async () => {
    const composed = "Größe-ångström-ﬁnch";
    const { accessToken, person } = await signedIn(service);
    await change(accessToken, person.password, composed.normalize("NFC"));

    const same = await change(accessToken, composed.normalize("NFD"), composed.normalize("NFKD"));

    expect(same).toMatchObject({ status: 400, body: { error: { code: "weak_password" } } });
  });

  it("refuses a password that is made of the owner's names", async () => {
    const { accessToken, person } = await signedIn(service);

    expect(await change(accessToken, person.password, "robin-example-1")).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "weak_password",
          fields: { new_password: "is made of your own name or address; choose another" },
        },
      },
    });
  });

  it("counts guesses at the current password like those of a sign-in", async () => {
    // The first wait is short: a busy machine might sit it out.
    stopClock();
    const { accessToken, person } = await signedIn(service);
    const { length } = await Promise.all(
      Array.from({ length: 12 }, () => change(accessToken, "wrong")),
    );

    expect(length).toBe(12);
    expect(await change(accessToken, person.password)).toMatchObject({
      status: 429,
      body: { error: { code: "rate_limited" } },
    });
    expect(await logIn(person.email, person.password)).toBe(429);
  });

  it("is done by one of many at once", async () => {
    const { accessToken, person } = await signedIn(service);
    const passwords = Array.from({ length: 5 }, (_, i) => `quiet-heron-marsh-${i}`);

    const answers = await Promise.all(
      passwords.map((password) => change(accessToken, person.password, password)),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 204: 1, 401: 4 });
    const won = passwords[answers.findIndex(({ status }) => status === 204)] ?? "";
    expect(await logIn(person.email, won)).toBe(200);
  });

  it("replaces a password whose hash the check itself renews", async () => {
    const person = await registered(startService({ PASSWORD_ITERATIONS: "2000" }));
    const { accessToken } = await signedIn(startService({ PASSWORD_ITERATIONS: "2000" }), person);
    const before = await hashOf(person.email);

    expect((await change(accessToken, person.password)).status).toBe(204);

    expect(await hashOf(person.email)).not.toBe(before);
    expect(await logIn(person.email, NEW_PASSWORD)).toBe(200);
  });
});

async function hashOf(email: string): Promise<unknown> {
  const row = await env.DB.prepare(
    "SELECT hash FROM passwords WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
  )
    .bind(email)
    .first();
  return row?.["hash"];
}

import { describe, expect, it } from "vitest";
import { alterAccount } from "../../support/alter-account.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { type Person, registered, signedIn, somebody } from "../../support/people.ts";
import { BAD_TOKEN, shown } from "./answers.ts";
import { startPlanpoint } from "./planpoint.ts";

const { service, ask, loggedIn, administrator, impersonate } = startPlanpoint();

describe("POST /api/users/login, impersonating", () => {
  it.each([
    ["is disabled", (admin: Person) => disableAccount(admin.email)],
    ["is no administrator any more", (admin: Person) => alterAccount(admin, { role: "user" })],
    [
      "has to change the password",
      (admin: Person) => alterAccount(admin, { mustResetPassword: true }),
    ],
    ["has a new password", changedPassword],
  ])("is over as soon as the administrator %s", async (_, happen) => {
    stopClock();
    const { bearer, person: admin } = await administrator();
    const { body } = await impersonate((await registered(service)).email, { bearer });
    const me = () => ask("GET /me", { bearer: body.access_token });
    expect((await me()).status).toBe(200);
    passSeconds(1);

    await happen(admin);

    expect(shown(await me())).toEqual(BAD_TOKEN);
  });

  it("SES-03: is over as soon as the administrator signs out where it began, and not elsewhere", async () => {
    const { bearer: older, person: admin } = await administrator();
    const { bearer } = await loggedIn(admin);
    const { bearer: younger } = await loggedIn(admin);
    const { body } = await impersonate((await registered(service)).email, { bearer });
    const me = () => ask("GET /me", { bearer: body.access_token });

    await ask("POST /logout", { bearer: younger });
    expect((await me()).status).toBe(200);
    await ask("POST /logout", { bearer });

    expect(shown(await me())).toEqual(BAD_TOKEN);
    expect((await ask("GET /me", { bearer: older })).status).toBe(200);
  });

  it("is over as soon as the administrator ends every other session", async () => {
    const { bearer, person: admin } = await administrator();
    const { body } = await impersonate((await registered(service)).email, { bearer });
    const { bearer: elsewhere } = await loggedIn(admin);

    await service.ask("/api/auth/tokens", { method: "DELETE", bearer: elsewhere });

    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
    expect((await ask("GET /me", { bearer: elsewhere })).status).toBe(200);
  });

  it("is over as soon as the administrator ends one other session", async () => {
    stopClock();
    const { bearer, person: admin } = await administrator();
    const person = await registered(service);
    const { body } = await impersonate(person.email, { bearer });
    const { bearer: elsewhere } = await loggedIn(admin);
    passSeconds(1);

    expect((await endFirst(elsewhere)).status).toBe(204);
    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
  });

  it.each([
    ["another session is ended", (bearer: string) => endFirst(bearer)],
    ["the password is changed", (bearer: string, admin: Person) => changePassword(bearer, admin)],
  ])("is over as soon as %s from the one in which it began, which goes on", async (_, happen) => {
    stopClock();
    const { person: admin } = await administrator();
    const { bearer } = await loggedIn(admin);
    const { body } = await impersonate((await registered(service)).email, { bearer });
    const me = (token: string) => ask("GET /me", { bearer: token });
    expect((await me(body.access_token)).status).toBe(200);
    passSeconds(1);

    await happen(bearer, admin);

    expect(shown(await me(body.access_token))).toEqual(BAD_TOKEN);
    expect((await me(bearer)).status).toBe(200);
  });

  it("is, once it is over, none of the user's sessions any more", async () => {
    const { bearer } = await administrator();
    const person = await registered(service);
    const { accessToken: theirs } = await signedIn(service, person);
    await impersonate(person.email, { bearer });
    const tokens = (method: string, path = "") =>
      service.ask<Listed>(`/api/auth/tokens${path}`, { method, bearer: theirs });
    const listed = async () => (await tokens("GET")).body.tokens.map(({ id }) => id);
    const before = await listed();
    await ask("POST /logout", { bearer });

    expect(before).toEqual([2, 1]);
    expect(await listed()).toEqual([1]);
    expect((await tokens("DELETE", "/2")).status).toBe(404);
    expect((await tokens("DELETE")).body).toMatchObject({ revoked_count: 0 });
  });

  it("SES-03: stays over when the administrator signs in again", async () => {
    stopClock();
    const { bearer, person: admin } = await administrator();
    const { body } = await impersonate((await registered(service)).email, { bearer });
    await ask("POST /logout", { bearer });
    passSeconds(1);

    const { bearer: again } = await loggedIn(admin);

    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
    expect((await ask("GET /me", { bearer: again })).status).toBe(200);
  });

  it("SES-04: is over with the administrator's own session, that of another contract too", async () => {
    stopClock();
    const admin = await registered(service, somebody("Ada Admin"));
    await alterAccount(admin, { role: "admin" });
    const bearer = await launched(admin);
    const { email } = await registered(service);
    passSeconds(DAY_SECONDS - 60);
    const { body } = await impersonate(email, { bearer });
    expect((await ask("GET /me", { bearer: body.access_token })).status).toBe(200);

    passSeconds(60);

    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
  });

  it("is over as soon as the user is no longer below the administrator", async () => {
    const { bearer } = await administrator();
    const person = await registered(service);
    const { body } = await impersonate(person.email, { bearer });

    await alterAccount(person, { role: "superadmin" });

    expect(shown(await ask("GET /me", { bearer: body.access_token }))).toEqual(BAD_TOKEN);
  });
});

/** A user's sessions, by their numbers. */
interface Listed {
  tokens: { id: number }[];
}

async function changedPassword(person: Person) {
  const { accessToken: bearer } = await signedIn(service, person);
  await changePassword(bearer, person);
}

function changePassword(bearer: string, { password }: Person) {
  const body = { current_password: password, new_password: "quiet-heron-marsh" };
  return service.ask("/api/user/password", { bearer, body });
}

/** Numbered as they were opened. */
function endFirst(bearer: string) {
  return service.ask("/api/auth/tokens/1", { method: "DELETE", bearer });
}

/** Signs in to Launcher, whose sessions last a day. */
async function launched({ email, password }: Person): Promise<string> {
  const answer = await service.ask<{ data: { token: string } }>("/api/v1/auth/login", {
    body: { email, password },
  });
  return answer.body.data.token;
}

import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { auditEvents } from "../../../src/storage/d1/schema.ts";
import { alterAccount } from "../../support/alter-account.ts";
import { DAY_SECONDS, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { type Person, registered, somebody } from "../../support/people.ts";
import {
  ACCESS_COOKIE,
  BAD_TOKEN,
  CROSS_SITE,
  IN_QUERY,
  loginOf,
  NO_TOKEN,
  OTHERS_ONLY,
  ok,
  refused,
  shown,
  userOf,
} from "./answers.ts";
import { FOREIGN, ORIGIN, startPlanpoint } from "./planpoint.ts";

const db = openDatabase(env.DB);
const { service, ask, loggedIn, administrator, impersonate, withTotp } = startPlanpoint();

describe("POST /api/users/login, impersonating", () => {
  it("signs an administrator in as the user, without a refresh cookie", async () => {
    const { bearer } = await administrator();
    const person = await registered(service);

    const answer = await impersonate(person.email, { bearer });

    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE]));
    expect(shown(await ask("GET /me", { bearer: answer.body.access_token }))).toEqual(
      ok(userOf(person)),
    );
  });

  it("names the administrator in the token and in the audit log", async () => {
    stopClock();
    const { bearer } = await administrator();
    const { sub: adminId } = decodeJwt(bearer);
    const person = await registered(service);

    const { body } = await impersonate(person.email, { bearer, address: "198.18.7.8" });

    const { sub = "", sid, act } = decodeJwt(body.access_token);
    expect(act).toEqual({ sub: adminId });
    const told = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.id, `${sid}`));
    expect(told).toEqual([
      {
        id: sid,
        tenantId: DEFAULT_TENANT_ID,
        event: "impersonation",
        actorId: adminId,
        accountId: sub,
        clientId: null,
        sessionId: sid,
        subject: null,
        address: "198.18.7.8",
        city: null,
        country: null,
        userAgent: null,
        at: new Date(),
      },
    ]);
  });

  it("SES-07: takes the administrator's cookie from its own origin only", async () => {
    const { headers } = await administrator();
    const { email } = await registered(service);

    const from = (where: Record<string, string>) =>
      impersonate(email, { headers: { ...headers, ...where } });

    expect(shown(await from({}))).toEqual(CROSS_SITE);
    expect(shown(await from(FOREIGN))).toEqual(CROSS_SITE);
    expect((await from(ORIGIN)).status).toBe(200);
  });

  it("refuses who is not signed in", async () => {
    const { email } = await registered(service);

    expect(shown(await impersonate(email))).toEqual(NO_TOKEN);
    expect(shown(await impersonate(email, { bearer: "x" }))).toEqual(BAD_TOKEN);
  });

  it("tells who is no administrator nothing about anybody", async () => {
    const { bearer } = await loggedIn();
    const { email } = await registered(service);

    for (const username of [email, somebody().email]) {
      expect(shown(await impersonate(username, { bearer }))).toEqual(
        refused(403, "Only an administrator may impersonate"),
      );
    }
  });

  it("knows no users that are unknown or disabled", async () => {
    const { bearer } = await administrator();
    const disabled = await registered(service);
    await disableAccount(disabled.email);

    for (const username of [disabled.email, somebody().email]) {
      expect(shown(await impersonate(username, { bearer }))).toEqual(
        refused(401, "There is no such user"),
      );
    }
  });

  it("reaches roles below one's own only, and never oneself", async () => {
    const { bearer, person } = await administrator();
    const { person: peer } = await administrator();
    const { person: above, bearer: superBearer } = await administrator("superadmin");

    for (const { email } of [person, peer, above]) {
      expect(shown(await impersonate(email, { bearer }))).toEqual(
        refused(403, "You may not impersonate this user"),
      );
    }
    expect((await impersonate(peer.email, { bearer: superBearer })).status).toBe(200);
    expect((await impersonate(above.email, { bearer: superBearer })).status).toBe(403);
  });

  it("lets nobody go on from there: not to others, nor to the password", async () => {
    const { bearer } = await administrator("superadmin");
    const { person: admin } = await administrator();
    const { email } = await registered(service);
    const acting = (await impersonate(admin.email, { bearer })).body.access_token;

    expect(shown(await impersonate(email, { bearer: acting }))).toEqual(OTHERS_ONLY);
    const changed = await service.ask("/api/v1/auth/me/password", {
      method: "PUT",
      bearer: acting,
      body: { current_password: admin.password, new_password: "quiet-heron-marsh" },
    });
    expect(changed.status).toBe(403);
    const enrolled = await service.ask("/api/auth/totp/enable", {
      bearer: acting,
      body: { password: admin.password },
    });
    expect(enrolled.status).toBe(403);
  });

  it("lasts a day at most, for a Zapier account too", async () => {
    stopClock();
    const { bearer } = await administrator();
    const person = await registered(service);
    await alterAccount(person, { zapier: true });

    const answer = await impersonate(person.email, { bearer });

    const { exp = 0, iat = 0 } = decodeJwt(answer.body.access_token);
    expect(exp - iat).toBe(DAY_SECONDS);
    expect(shown(answer)).toEqual(ok(loginOf(person), [ACCESS_COOKIE]));
    const [session] = await sessionsOf(person);
    expect(session).toMatchObject({ expires_at: Date.now() + DAY_SECONDS * 1000 });
    expect(session).toMatchObject({ ends_at: Date.now() + DAY_SECONDS * 1000 });
  });

  it("asks for no second factor of the user, and ends no session of theirs", async () => {
    const person = await registered(service);
    await withTotp(person);
    const { bearer } = await administrator();
    const before = await sessionsOf(person);

    expect((await impersonate(person.email, { bearer })).status).toBe(200);
    const after = await sessionsOf(person);
    expect(after.slice(1)).toEqual(before);
  });

  it("needs an e-mail address, in the body", async () => {
    const { bearer } = await administrator();

    expect(shown(await impersonate("robin", { bearer }))).toEqual(
      refused(400, "username must be an e-mail address"),
    );
    const body = { impersonate: true };
    expect(shown(await ask("POST /login?username=x", { bearer, body }))).toEqual(IN_QUERY);
  });
});

async function sessionsOf({ email }: Person) {
  const { results } = await env.DB.prepare(
    `SELECT sessions.* FROM sessions JOIN accounts ON accounts.id = sessions.account_id
     WHERE accounts.email = ? ORDER BY number DESC`,
  )
    .bind(email)
    .all();
  return results;
}

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { NewSession, Opening } from "../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1Sessions } from "../../src/storage/d1/sessions.ts";
import { stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

const sessions = d1Sessions(openDatabase(env.DB));
const HOUR_MS = 3_600_000;

/** An account, and what a sign-in that read it just now would open its session with. */
async function readyToOpen() {
  stopClock();
  const service = startService();
  const person = await member(service);
  const { email } = person;
  const read = () => service.ports.accounts.findCredentials({ tenantId: DEFAULT_TENANT_ID, email });
  const credentials = await read();
  if (!credentials) {
    throw new Error("the account is not there");
  }
  const now = new Date();
  const session: NewSession = {
    id: service.ports.randomness.id(now),
    tenantId: DEFAULT_TENANT_ID,
    accountId: credentials.account.id,
    contract: "planasonix",
    clientId: null,
    clientType: null,
    scope: null,
    actorId: null,
    audience: null,
    authenticatedAt: null,
    userAgent: null,
    address: "198.18.0.1",
    city: null,
    country: null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + HOUR_MS),
    endsAt: new Date(now.getTime() + HOUR_MS),
  };
  const opening: Opening = {
    session,
    passwordChangedAt: credentials.passwordChangedAt,
    secondFactor: "absent",
    limit: null,
    provesEmail: false,
    auditEvent: null,
  };
  return { service, person, opening, session, now };
}

describe("a session is opened only as long as", () => {
  it("nothing has changed since the account was read: numbered from the account's highest", async () => {
    const { opening, session } = await readyToOpen();

    expect(await sessions.open(opening)).toEqual({ ...session, number: 1 });
    const second = { ...opening, session: { ...session, id: crypto.randomUUID() } };
    expect(await sessions.open(second)).toMatchObject({ number: 2 });
  });

  it("the password is the one that was checked", async () => {
    const { opening, now } = await readyToOpen();

    const passwordChangedAt = new Date(now.getTime() - HOUR_MS);

    expect(await sessions.open({ ...opening, passwordChangedAt })).toBeNull();
  });

  it("no second factor was turned on that was not asked for", async () => {
    const { opening, person, service } = await readyToOpen();

    await secondFactorOf(service, person);

    expect(await sessions.open(opening)).toBeNull();
    expect(await sessions.open({ ...opening, secondFactor: "not asked" })).not.toBeNull();
  });

  it("none of its id was opened before", async () => {
    const { opening } = await readyToOpen();
    await sessions.open(opening);

    expect(await sessions.open(opening)).toBe("opened before");
  });
});

describe("a refresh", () => {
  it("moves a session of its own tenant only, and leaves others as they are", async () => {
    const { opening, now, session } = await readyToOpen();
    await sessions.open(opening);
    const step = { sessionId: session.id, generation: 0, now, idleSeconds: 3_600 };

    const elsewhere = await sessions.advance({ ...step, tenantId: crypto.randomUUID() });
    const here = await sessions.advance({ ...step, tenantId: DEFAULT_TENANT_ID });

    expect(elsewhere).toBeNull();
    expect(here).toMatchObject({ generation: 1, role: "user", session: { id: session.id } });
  });
});

describe("sessions that ask to end others", () => {
  it.each([
    ["a device that is held to scopes", { scope: "profile:read" }],
    ["an administrator who impersonates", { actorId: crypto.randomUUID() }],
  ])("are a person's own, not those of %s", async (_, held) => {
    const { opening, session, now } = await readyToOpen();
    const asking = { ...session, ...held, id: crypto.randomUUID() };
    await sessions.open(opening);
    await sessions.open({ ...opening, session: asking });
    const leaving = { tenantId: DEFAULT_TENANT_ID, sessionId: asking.id };

    expect(await sessions.leave({ ...leaving, listed: [session.id] }, now)).toBe(false);

    expect(await sessions.list(session.accountId, now)).toHaveLength(2);
    expect(await sessions.leave({ ...leaving, listed: null }, now)).toBe(true);
    expect(await sessions.list(session.accountId, now)).toHaveLength(1);
  });
});

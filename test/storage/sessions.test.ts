import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import type { NewSession, Opening, Session } from "../../src/core/session/session.ts";
import type { PresentedRefresh } from "../../src/core/session/sessions.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { d1AuditLog } from "../../src/storage/d1/audit-log.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { sessions as stored } from "../../src/storage/d1/schema.ts";
import { d1Sessions } from "../../src/storage/d1/sessions.ts";
import { oneClient } from "../support/authorization.ts";
import { stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { countRows } from "../support/rows.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";
import { watchStatements } from "../support/watch-statements.ts";

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
    name: null,
    scope: null,
    actorId: null,
    audience: null,
    authenticatedAt: null,
    userAgent: null,
    address: "198.18.0.1",
    city: null,
    country: null,
    network: null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + HOUR_MS),
    endsAt: new Date(now.getTime() + HOUR_MS),
  };
  const opening: Opening = {
    session,
    makes: null,
    passwordChangedAt: credentials.passwordChangedAt,
    secondFactor: "absent",
    limit: null,
    verified: null,
    auditEvent: "signed-in",
  };
  return { service, person, opening, session, now };
}

/** An approval of which nobody kept the session. */
const approvedAt = (at: Date) => ({ at, bySessionId: null });

function replayOf(
  { tenantId, accountId, id: sessionId, createdAt: at }: NewSession,
  event: AuditEvent["event"] = "refresh-token-replayed",
): AuditEvent {
  return {
    ...{ id: crypto.randomUUID(), tenantId, event, actorId: "" },
    ...{ accountId, sessionId, clientId: null, subject: null, address: "198.18.0.1" },
    ...{ city: null, country: null, userAgent: null, at },
  };
}

function countReplays({ id }: NewSession): Promise<number> {
  return countRows("audit_events", "event = 'refresh-token-replayed' AND session_id = ?", id);
}

async function removeClient(id: string): Promise<void> {
  await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(id).run();
}

async function insertSessions(rows: readonly (typeof stored.$inferInsert)[]): Promise<void> {
  const db = openDatabase(env.DB);
  // One at a time: a statement takes a hundred parameters.
  for (const row of rows) {
    await db.insert(stored).values(row);
  }
}

async function eventsOf(accountId: string): Promise<AuditEvent[]> {
  return d1AuditLog(openDatabase(env.DB)).list(accountId, 10);
}

/** The ids of the sessions that ended at that time. */
async function endedNow(now: Date): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM sessions WHERE revoked_at = ?")
    .bind(now.getTime())
    .all<{ id: string }>();
  return results.map(({ id }) => id);
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

    expect(await sessions.openOnce(opening)).toBe("opened before");
    expect(await sessions.open(opening)).toBeNull();
  });
});

describe("a session that a password opens", () => {
  it("is stored as it was given, and told of, whoever else came by the same statements", async () => {
    const { opening, session, now } = await readyToOpen();
    const limit = { kind: "at most", count: 1000 } as const;
    const full: NewSession = {
      ...session,
      clientType: "cli",
      name: "Kitchen",
      userAgent: "curl/8",
      city: "Vienna",
      country: "AT",
      network: "Example Networks",
      lastUsedAt: new Date(now.getTime() + 1),
      expiresAt: new Date(now.getTime() + 2),
      endsAt: new Date(now.getTime() + 3),
    };
    await sessions.open({ ...(await readyToOpen()).opening, limit });
    const others = new Date(now.getTime() - HOUR_MS);
    expect(await sessions.open({ ...opening, limit, passwordChangedAt: others })).toBeNull();

    expect(await sessions.open({ ...opening, limit, session: full })).toEqual({
      ...full,
      number: 1,
    });

    expect(await sessions.list(session.accountId, now)).toEqual([
      { ...full, number: 1, app: null },
    ]);
    const events = await eventsOf(session.accountId);
    const before = ["account-made", "address-verified"];
    expect(events.filter(({ event }) => !before.includes(event))).toEqual([
      {
        id: session.id,
        tenantId: DEFAULT_TENANT_ID,
        event: "signed-in",
        actorId: session.accountId,
        accountId: session.accountId,
        sessionId: session.id,
        clientId: null,
        subject: null,
        address: "198.18.0.1",
        city: "Vienna",
        country: "AT",
        userAgent: "curl/8",
        at: now,
      },
    ]);
  });

  it("is opened by statements that are written once, and looks for an earlier one where there may be one", async () => {
    const { opening, session } = await readyToOpen();
    await sessions.open(opening);
    const again = () => ({ ...opening, session: { ...session, id: crypto.randomUUID() } });
    const write = vi.spyOn(env.DB, "prepare");

    const opened = await watchStatements(() => sessions.open(again()));
    expect(opened.statements).toHaveLength(2);
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
    const openedOnce = await watchStatements(() => sessions.openOnce(again()));
    expect(openedOnce.statements).toHaveLength(3);
  });
});

describe("what was approved opens a session only as long as", () => {
  it("its client is registered: with it, in the same tenant", async () => {
    const { session, now } = await readyToOpen();
    const open = (replaced: Partial<NewSession>) =>
      sessions.openApproved({ ...session, id: crypto.randomUUID(), ...replaced }, approvedAt(now));
    const clientId = await oneClient({});
    const elsewhere = await oneClient({ tenantId: crypto.randomUUID() });

    expect(await open({ clientId })).toMatchObject({ opened: "now", session: { clientId } });
    expect(await open({ clientId: elsewhere })).toBeNull();
    expect(await open({ clientId: crypto.randomUUID() })).toBeNull();
    expect(await open({ clientId: null })).toBeNull();
    await removeClient(clientId);
    expect(await open({ clientId })).toBeNull();
  });

  it("nobody ended all other sessions since, and is then no session either", async () => {
    const { session, now } = await readyToOpen();
    const approved = { ...session, clientId: await oneClient({}), id: crypto.randomUUID() };
    const later = new Date(now.getTime() + 1);

    await sessions.revoke(session.accountId, { allBut: session.id }, later);

    expect(await sessions.openApproved(approved, approvedAt(now))).toBeNull();
    expect(await sessions.list(session.accountId, now)).toEqual([]);
    expect(await sessions.openApproved(approved, approvedAt(later))).not.toBeNull();
  });

  it("the session that approved was not ended with all others, and said so only afterwards", async () => {
    const { opening, session, now } = await readyToOpen();
    const [other, clientId] = [crypto.randomUUID(), await oneClient({})];
    for (const id of [session.id, other]) {
      await sessions.open({ ...opening, session: { ...session, id } });
    }
    const [later, afterwards] = [1, 2].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];
    const openApproved = (at: Date, bySessionId: string | null) =>
      sessions.openApproved({ ...session, clientId, id: crypto.randomUUID() }, { at, bySessionId });

    await sessions.revoke(session.accountId, { allBut: other }, later);

    expect(await openApproved(afterwards, session.id)).toBeNull();
    expect(await openApproved(later, session.id)).toBeNull();
    expect(await openApproved(later, other)).not.toBeNull();
    expect(await openApproved(later, null)).not.toBeNull();
    await sessions.revoke(session.accountId, { id: other }, afterwards);
    expect(await openApproved(later, other)).not.toBeNull();
    expect(await openApproved(afterwards, other)).toBeNull();
  });

  it.each<[string, (mine: Session, theirs: Session, now: Date) => Promise<unknown>]>([
    ["by its id", (mine, { id }, now) => sessions.revoke(mine.accountId, { otherId: id }, now)],
    [
      "by its number",
      (mine, { number }, now) => sessions.revoke(mine.accountId, { otherNumber: number }, now),
    ],
    [
      "in a list",
      ({ id: sessionId, tenantId }, { id }, now) =>
        sessions.leave({ tenantId, sessionId, listed: [id, sessionId] }, now),
    ],
  ])("no other session that may have approved is ended %s, once", async (_, end) => {
    const { opening, session, now } = await readyToOpen();
    const [later, afterwards] = [1, 2].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];
    const clientId = await oneClient({});
    const opened = async (more: Partial<NewSession>) => {
      const added = { ...session, id: crypto.randomUUID(), ...more };
      return (await sessions.open({ ...opening, session: added })) ?? expect.fail("not opened");
    };
    const [mine, again] = [await opened({}), await opened({})];
    const [thiefs, device] = [await opened({}), await opened({ scope: "profile:read" })];
    const opens = async (bySessionId: string) => {
      const approved = { ...session, clientId, id: crypto.randomUUID() };
      const at = now;
      return (await sessions.openApproved(approved, { at, bySessionId })) !== null;
    };

    await end(again, device, later);
    expect(await opens(thiefs.id)).toBe(true);
    await end(mine, thiefs, afterwards);
    expect(await opens(thiefs.id)).toBe(false);
    expect(await sessions.openApproved({ ...session, clientId }, approvedAt(afterwards))).not.toBe(
      null,
    );
  });

  it("the session that approved had not ended by then, because there was no room for it", async () => {
    const { opening, session, now } = await readyToOpen();
    const clientId = await oneClient({});
    const later = new Date(now.getTime() + 1);
    const limit = { kind: "at most", count: 1 } as const;
    await sessions.open({ ...opening, limit });
    const next = { ...session, id: crypto.randomUUID(), createdAt: later, lastUsedAt: later };
    await sessions.open({ ...opening, limit, session: next });
    const opens = async (at: Date) => {
      const approved = { ...session, clientId, id: crypto.randomUUID() };
      return (await sessions.openApproved(approved, { at, bySessionId: session.id })) !== null;
    };

    expect(await sessions.findCaller(session.id, later)).toBeNull();
    expect(await opens(now)).toBe(true);
    expect(await opens(later)).toBe(false);
  });

  it("no stranger's list named the session that approved", async () => {
    const { opening, session, now } = await readyToOpen();
    const { opening: theirs, session: stranger } = await readyToOpen();
    const clientId = await oneClient({});
    await sessions.open(opening);
    await sessions.open(theirs);
    const later = new Date(now.getTime() + 1);
    const { id: sessionId, tenantId } = stranger;

    expect(await sessions.leave({ tenantId, sessionId, listed: [session.id] }, later)).toBe(true);

    const approved = { ...session, clientId, id: crypto.randomUUID() };
    const approval = { at: now, bySessionId: session.id };
    expect(await sessions.openApproved(approved, approval)).not.toBeNull();
  });
});

describe("a client's sessions of an account", () => {
  it("are a hundred: one more ends the least recently used of them, and no other", async () => {
    const { session, now } = await readyToOpen();
    const [clientId, otherClient] = [await oneClient({}), await oneClient({})];
    const base = { ...session, contract: "oauth", clientId };
    // Used in another order than they were opened in, the one in the middle the longest ago.
    const own = Array.from({ length: 100 }, (_, index) => ({
      ...base,
      id: crypto.randomUUID(),
      lastUsedAt: new Date(now.getTime() - ((index + 50) % 100) * 1000),
    }));
    const longAgo = { lastUsedAt: new Date(now.getTime() - HOUR_MS) };
    const others = [
      { ...base, clientId: otherClient },
      { ...base, contract: "planasonix" },
      { ...base, clientId: null, contract: "planasonix" },
      { ...base, accountId: crypto.randomUUID() },
    ].map((other) => ({ ...other, ...longAgo, id: crypto.randomUUID() }));
    const over = { ...base, ...longAgo, id: crypto.randomUUID(), revokedAt: longAgo.lastUsedAt };
    await insertSessions([...own, ...others, over]);
    const opened = { ...base, id: crypto.randomUUID() };

    expect(await sessions.openApproved(opened, approvedAt(now))).toMatchObject({ opened: "now" });

    expect(await endedNow(now)).toEqual([own[49]?.id]);
    // The same again opens nothing, and costs nobody a session, were there ever so many.
    await insertSessions([{ ...base, ...longAgo, id: crypto.randomUUID() }]);
    const later = new Date(now.getTime() + 1000);
    await sessions.openApproved({ ...opened, createdAt: later }, approvedAt(now));
    expect(await endedNow(later)).toEqual([]);
  });
});

describe("a refresh", () => {
  it("is of a client that is registered, where the session is a client's", async () => {
    const { opening, now, session } = await readyToOpen();
    const clientId = await oneClient({});
    await sessions.open({ ...opening, session: { ...session, clientId } });
    const plain = { ...session, id: crypto.randomUUID() };
    await sessions.open({ ...opening, session: plain });
    const advance = (sessionId: string, generation: number) =>
      sessions.advance({
        tenantId: DEFAULT_TENANT_ID,
        sessionId,
        generation,
        now,
        idleSeconds: 3_600,
      });

    expect(await advance(session.id, 0)).toMatchObject({ generation: 1 });
    await removeClient(clientId);
    expect(await advance(session.id, 1)).toBeNull();
    expect(await advance(plain.id, 0)).toMatchObject({ generation: 1 });
  });

  it("of a client, not of a person, needs a password that need not be changed", async () => {
    const { opening, now, session, person } = await readyToOpen();
    await sessions.open({ ...opening, session: { ...session, clientId: await oneClient({}) } });
    const plain = { ...session, id: crypto.randomUUID() };
    await sessions.open({ ...opening, session: plain });
    const step = { tenantId: DEFAULT_TENANT_ID, generation: 0, now, idleSeconds: 3_600 };
    const mustReset = (flag: 0 | 1) =>
      env.DB.prepare("UPDATE accounts SET must_reset_password = ? WHERE email = ?")
        .bind(flag, person.email)
        .run();

    await mustReset(1);
    expect(await sessions.advance({ ...step, sessionId: session.id })).toBeNull();
    expect(await sessions.advance({ ...step, sessionId: plain.id })).toMatchObject({
      generation: 1,
    });
    await mustReset(0);

    expect(await sessions.advance({ ...step, sessionId: session.id })).toMatchObject({
      generation: 1,
    });
  });

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

describe("a refresh token", () => {
  it("costs one written row: no index has to follow, whatever is written", async () => {
    const { opening, now, session } = await readyToOpen();
    await sessions.open(opening);
    const step = { tenantId: DEFAULT_TENANT_ID, sessionId: session.id, now, idleSeconds: 3_600 };

    const { statements } = await watchStatements(() =>
      sessions.advance({ ...step, generation: 0 }),
    );

    expect(statements.map(({ rowsWritten }) => rowsWritten)).toEqual([1]);
  });

  it("that is not good ends the session where a good one would have been taken, and nowhere else", async () => {
    const { opening, now, session } = await readyToOpen();
    const clientId = await oneClient({});
    await sessions.open({ ...opening, session: { ...session, clientId } });
    const step = { sessionId: session.id, now, idleSeconds: 3_600, clientId };
    const here = { ...step, tenantId: DEFAULT_TENANT_ID };
    await sessions.advance({ ...here, generation: 0 });
    await sessions.advance({ ...here, generation: 1 });
    const elsewhere = { ...here, tenantId: crypto.randomUUID() };
    const end = (where: PresentedRefresh) => sessions.endReplayed(where, replayOf(session));

    for (const generation of [1, 2]) {
      expect(await end({ ...here, generation })).toBe(false);
    }
    const replay = { generation: 0 };
    expect(await end({ ...elsewhere, ...replay })).toBe(false);
    expect(await end({ ...here, clientId: "another", ...replay })).toBe(false);
    await removeClient(clientId);
    expect(await end({ ...here, ...replay })).toBe(false);
    expect(await endedNow(now)).toEqual([]);
    expect(await countReplays(session)).toBe(0);
    await oneClient({ id: clientId, createdAt: now });

    expect(await end({ ...here, ...replay })).toBe(true);
    expect(await endedNow(now)).toEqual([session.id]);
    expect(await end({ ...here, ...replay })).toBe(false);
    expect(await countReplays(session)).toBe(1);
  });

  it("ends no session of which nothing can be written down", async () => {
    const { opening, now, session } = await readyToOpen();
    await sessions.open(opening);
    const step = { tenantId: DEFAULT_TENANT_ID, sessionId: session.id, now };
    await sessions.advance({ ...step, generation: 0, idleSeconds: 3_600 });
    await sessions.advance({ ...step, generation: 1, idleSeconds: 3_600 });
    const replay = { ...step, generation: 0 };

    // That of the sign-in: there is an event of this id already.
    const told = sessions.endReplayed(replay, { ...replayOf(session), id: session.id });

    await expect(told).rejects.toThrow();
    expect(await endedNow(now)).toEqual([]);
  });
});

describe("an authorization code that comes again", () => {
  it("ends the living session of its account, and is written down once, under its app's name", async () => {
    const { opening, session, now } = await readyToOpen();
    const clientId = await oneClient({ name: "A TV" });
    await sessions.open({ ...opening, session: { ...session, clientId } });
    const given = { accountId: session.accountId, sessionId: session.id };
    const elsewhere = { ...given, accountId: crypto.randomUUID() };
    const replay = () => replayOf(session, "authorization-code-replayed");

    expect(await sessions.endGiven(elsewhere, replay())).toBe(false);
    expect(await endedNow(now)).toEqual([]);
    expect(await sessions.endGiven(given, replay())).toBe(true);
    expect(await endedNow(now)).toEqual([session.id]);
    expect(await sessions.endGiven(given, replay())).toBe(false);
    const events = await eventsOf(session.accountId);
    expect(events.filter(({ event }) => event === "authorization-code-replayed")).toMatchObject([
      { sessionId: session.id, subject: "A TV" },
    ]);
  });

  it("ends no session of which nothing can be written down", async () => {
    const { opening, session, now } = await readyToOpen();
    await sessions.open(opening);
    const given = { accountId: session.accountId, sessionId: session.id };

    // That of the sign-in: there is an event of this id already.
    const told = sessions.endGiven(given, { ...replayOf(session), id: session.id });

    await expect(told).rejects.toThrow();
    expect(await endedNow(now)).toEqual([]);
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

describe("the list of an account's sessions", () => {
  it("is of those that live, the newest first, each with its client, as many as are asked for", async () => {
    const { opening, session, now } = await readyToOpen();
    const client = { name: "A TV", grants: ["refresh_token"] };
    const clientId = await oneClient(client);
    const [plain, held, gone, over] = [
      session,
      { ...session, clientId, id: crypto.randomUUID() },
      { ...session, clientId: "removed", id: crypto.randomUUID() },
      { ...session, id: crypto.randomUUID() },
    ];
    for (const one of [plain, held, gone, over]) {
      await sessions.open({ ...opening, session: one });
    }
    await sessions.revoke(session.accountId, { id: over.id }, now);

    expect(await sessions.list(session.accountId, now)).toEqual([
      { ...gone, number: 3, app: null },
      { ...held, number: 2, app: client },
      { ...plain, number: 1, app: null },
    ]);
    expect((await sessions.list(session.accountId, now, 2)).map(({ number }) => number)).toEqual([
      3, 2,
    ]);
  });
});

describe("a session's name", () => {
  it("is its owner's to give and to take, while it lives", async () => {
    const { opening, session, now } = await readyToOpen();
    await sessions.open(opening);
    const rename = (accountId: string, name: string | null) =>
      sessions.rename(accountId, { sessionId: session.id, name }, by);
    const by = { sessionId: session.id, at: now };
    const names = async () => (await sessions.list(session.accountId, now)).map(({ name }) => name);

    expect(await rename(session.accountId, "Kitchen")).toBe(true);
    expect(await rename(crypto.randomUUID(), "Stolen")).toBe(false);
    expect(await names()).toEqual(["Kitchen"]);
    expect(await rename(session.accountId, null)).toBe(true);
    expect(await names()).toEqual([null]);
    await sessions.revoke(session.accountId, { id: session.id }, now);
    expect(await rename(session.accountId, "Late")).toBe(false);
  });
});

describe("ending sessions", () => {
  it("says which lived, under what people know them by", async () => {
    const { opening, session, now } = await readyToOpen();
    const clientId = await oneClient({ name: "A TV" });
    const held = { ...session, clientId, id: crypto.randomUUID(), userAgent: "curl/8" };
    await sessions.open(opening);
    await sessions.open({ ...opening, session: held });
    const { id: sessionId, accountId } = session;
    await sessions.rename(accountId, { sessionId, name: "Kitchen" }, { sessionId, at: now });
    const end = (id: string) => sessions.revoke(session.accountId, { id }, now);

    expect(await end(session.id)).toEqual([
      { id: session.id, clientId: null, name: "Kitchen", userAgent: null, appName: null },
    ]);
    expect(await end(held.id)).toEqual([
      { id: held.id, clientId, name: null, userAgent: "curl/8", appName: "A TV" },
    ]);
    expect(await end(held.id)).toEqual([]);
  });

  it("of all but one ends what the account does in another's name, and nobody else's", async () => {
    const { opening, session, now } = await readyToOpen();
    const theirs = await readyToOpen();
    const acting = { ...theirs.session, id: crypto.randomUUID(), actorId: session.accountId };
    await sessions.open(opening);
    await sessions.open(theirs.opening);
    await sessions.open({ ...theirs.opening, session: acting });

    const ended = await sessions.revoke(session.accountId, { allBut: session.id }, now);

    expect(ended.map(({ id }) => id)).toEqual([acting.id]);
    const left = await sessions.list(theirs.session.accountId, now);
    expect(left.map(({ id }) => id)).toEqual([theirs.session.id]);
  });
});

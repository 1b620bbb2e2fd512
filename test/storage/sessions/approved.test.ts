import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { NewSession, Session } from "../../../src/core/session/session.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { sessions as stored } from "../../../src/storage/d1/schema.ts";
import { alterAccount } from "../../support/alter-account.ts";
import { oneClient } from "../../support/authorization.ts";
import {
  actingIn,
  endedNow,
  HOUR_MS,
  readyToOpen,
  removeClient,
  sessions,
} from "./ready-to-open.ts";

/** An approval of which nobody kept the session. */
const approvedAt = (at: Date) => ({ at, bySessionId: null });

async function insertSessions(rows: readonly (typeof stored.$inferInsert)[]): Promise<void> {
  const db = openDatabase(env.DB);
  // One at a time: a statement takes a hundred parameters.
  for (const row of rows) {
    await db.insert(stored).values(row);
  }
}

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

  it("its account may sign in without changing its password, and is handed out again while both live", async () => {
    const { person, session, now } = await readyToOpen();
    const approved = { ...session, clientId: await oneClient({}) };
    const open = () => sessions.openApproved(approved, approvedAt(now));

    await alterAccount(person, { mustResetPassword: true });
    expect(await open()).toBeNull();
    await alterAccount(person, { mustResetPassword: false, disabledAt: now });
    expect(await open()).toBeNull();
    await alterAccount(person, { disabledAt: null });
    expect(await open()).toMatchObject({ opened: "now" });
    await alterAccount(person, { disabledAt: now });
    expect(await open()).toBeNull();
    await alterAccount(person, { disabledAt: null });
    expect(await open()).toMatchObject({ opened: "before" });
    await sessions.end({ accountId: session.accountId, sessionId: session.id }, now);
    expect(await open()).toBeNull();
  });

  it("nobody ended all other sessions since, and is then no session either", async () => {
    const { opening, session, now } = await readyToOpen();
    await sessions.open(opening);
    const approved = { ...session, clientId: await oneClient({}), id: crypto.randomUUID() };
    const later = new Date(now.getTime() + 1);

    await sessions.endOthers(session.accountId, "all", { sessionId: session.id, at: later });

    expect(await sessions.openApproved(approved, approvedAt(now))).toBeNull();
    expect(await sessions.list(session.accountId, now)).toMatchObject([{ id: session.id }]);
    expect(await sessions.openApproved(approved, approvedAt(later))).not.toBeNull();
  });

  it("nobody ended them later, whoever did so before", async () => {
    const { opening, session, now } = await readyToOpen();
    await sessions.open(opening);
    const approved = { ...session, clientId: await oneClient({}), id: crypto.randomUUID() };
    const [between, later] = [1, 2].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];

    // Of two requests the one that began first may come last.
    for (const at of [later, now]) {
      await sessions.endOthers(session.accountId, "all", { sessionId: session.id, at });
    }

    expect(await sessions.openApproved(approved, approvedAt(between))).toBeNull();
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

    await sessions.endOthers(session.accountId, "all", { sessionId: other, at: later });

    expect(await openApproved(afterwards, session.id)).toBeNull();
    expect(await openApproved(later, session.id)).toBeNull();
    expect(await openApproved(later, other)).not.toBeNull();
    expect(await openApproved(later, null)).not.toBeNull();
    await sessions.end({ accountId: session.accountId, sessionId: other }, afterwards);
    expect(await openApproved(later, other)).not.toBeNull();
    expect(await openApproved(afterwards, other)).toBeNull();
  });

  it.each<[string, (mine: Session, theirs: Session, now: Date) => Promise<unknown>]>([
    [
      "by its id",
      (mine, { id }, at) => sessions.endOthers(mine.accountId, { id }, { sessionId: mine.id, at }),
    ],
    [
      "by its number",
      (mine, { number }, at) =>
        sessions.endOthers(mine.accountId, { number }, { sessionId: mine.id, at }),
    ],
    [
      "in a list",
      ({ id: sessionId, tenantId }, { id }, now) =>
        sessions.leave({ tenantId, sessionId, listed: [id, sessionId] }, now),
    ],
  ])(
    "no other session that may have approved is ended %s, once, and with it whom it acts as",
    async (_, end) => {
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

      const acts = await actingIn(thiefs);

      await end(again, device, later);
      expect(await opens(thiefs.id)).toBe(true);
      expect(await acts()).toBe(true);
      await end(mine, thiefs, afterwards);
      expect(await opens(thiefs.id)).toBe(false);
      expect(await acts()).toBe(false);
      expect(
        await sessions.openApproved({ ...session, clientId }, approvedAt(afterwards)),
      ).not.toBe(null);
    },
  );

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

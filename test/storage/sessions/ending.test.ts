import { describe, expect, it } from "vitest";
import type { StillIn } from "../../../src/core/caller/still-in.ts";
import type { Session } from "../../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { oneClient } from "../../support/authorization.ts";
import { begunIn, endedNow, readyToOpen, sessions } from "./ready-to-open.ts";

/** What a session says in which somebody else acts. */
async function administrators() {
  const { opening, session } = await readyToOpen();
  await sessions.open(opening);
  return begunIn(session);
}

describe("sessions that ask to end others", () => {
  it.each([
    ["a device that is held to scopes", async () => ({ scope: "profile:read" })],
    ["an administrator who impersonates", administrators],
  ])("are a person's own, not those of %s", async (_, held) => {
    const asks = await held();
    const { opening, session, now } = await readyToOpen();
    const asking = { ...session, ...asks, id: crypto.randomUUID() };
    await sessions.open(opening);
    await sessions.open({ ...opening, session: asking });
    const leaving = { tenantId: DEFAULT_TENANT_ID, sessionId: asking.id };

    expect(await sessions.leave({ ...leaving, listed: [session.id] }, now)).toBe(false);

    expect(await endedNow(now)).toEqual([]);
    expect(await sessions.leave({ ...leaving, listed: null }, now)).toBe(true);
    expect(await endedNow(now)).toEqual([asking.id]);
  });
});

describe("a session that signs out, or has listed others do so", () => {
  it("does so while it lives, and in its own tenant", async () => {
    const { opening, session, now } = await readyToOpen();
    const listed = { ...session, id: crypto.randomUUID() };
    await sessions.open(opening);
    await sessions.open({ ...opening, session: listed });
    const { id: sessionId, tenantId, accountId } = session;
    const leave = (where: string, listed: readonly string[] | null) =>
      sessions.leave({ tenantId: where, sessionId, listed }, now);
    const left = async () => (await sessions.list(accountId, now)).map(({ number }) => number);

    expect(await leave(crypto.randomUUID(), null)).toBe(false);
    expect(await left()).toEqual([2, 1]);
    expect(await leave(tenantId, null)).toBe(true);
    expect(await leave(tenantId, null)).toBe(false);
    expect(await leave(tenantId, [listed.id])).toBe(false);
    expect(await left()).toEqual([2]);
  });

  it("leaves one that has ended as it ended, and what was approved with it", async () => {
    const { opening, session, now } = await readyToOpen();
    const over = { ...session, id: crypto.randomUUID() };
    await sessions.open(opening);
    await sessions.open({ ...opening, session: over });
    const { id: sessionId, tenantId, accountId } = session;
    await sessions.end({ accountId, sessionId: over.id }, now);
    const later = new Date(now.getTime() + 1);
    const approved = { ...session, clientId: await oneClient({}), id: crypto.randomUUID() };

    expect(await sessions.endOthers(accountId, { id: over.id }, { sessionId, at: later })).toEqual(
      [],
    );
    await sessions.leave({ tenantId, sessionId, listed: [over.id] }, later);

    expect(await endedNow(now)).toEqual([over.id]);
    expect(await sessions.openApproved(approved, { at: now, bySessionId: null })).not.toBeNull();
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
    await sessions.end({ accountId: session.accountId, sessionId: over.id }, now);

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
    const over = { ...session, id: crypto.randomUUID() };
    await sessions.open({ ...opening, session: over });
    await sessions.end({ accountId: session.accountId, sessionId: over.id }, now);
    const late = { sessionId: over.id, name: "Late" };
    expect(await sessions.rename(session.accountId, late, by)).toBe(false);
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
    const end = (id: string) => sessions.end({ accountId, sessionId: id }, now);

    expect(await end(session.id)).toEqual({
      ...{ id: session.id, clientId: null, name: "Kitchen" },
      ...{ userAgent: null, appName: null },
    });
    expect(await end(held.id)).toEqual({
      ...{ id: held.id, clientId, name: null },
      ...{ userAgent: "curl/8", appName: "A TV" },
    });
    expect(await end(held.id)).toBeNull();
  });

  it("of all but one ends what the account does in another's name, and nobody else's", async () => {
    const { opening, session, now } = await readyToOpen();
    const theirs = await readyToOpen();
    const begun = await begunIn(session);
    const acting = { ...theirs.session, id: crypto.randomUUID(), ...begun };
    await sessions.open(opening);
    await sessions.open(theirs.opening);
    await sessions.open({ ...theirs.opening, session: acting });

    const ended = await sessions.endOthers(session.accountId, "all", {
      sessionId: session.id,
      at: now,
    });

    expect(ended.map(({ id }) => id)).toEqual([acting.id]);
    const left = await sessions.list(theirs.session.accountId, now);
    expect(left.map(({ id }) => id)).toEqual([theirs.session.id]);
  });
});

describe("a session that has ended itself", () => {
  it.each<[string, (other: Session, by: StillIn) => Promise<unknown>]>([
    [
      "ends no other by its id",
      ({ accountId, id }, by) => sessions.endOthers(accountId, { id }, by),
    ],
    [
      "ends no other by its number",
      ({ accountId, number }, by) => sessions.endOthers(accountId, { number }, by),
    ],
    ["ends not all others", ({ accountId }, by) => sessions.endOthers(accountId, "all", by)],
    [
      "names no other",
      ({ accountId, id: sessionId }, by) =>
        sessions.rename(accountId, { sessionId, name: "Mine" }, by),
    ],
  ])("SES-03: %s", async (_, ask) => {
    const { opening, session, now: at } = await readyToOpen();
    const opened = async () => {
      const added = { ...session, id: crypto.randomUUID() };
      return (await sessions.open({ ...opening, session: added })) ?? expect.fail("not opened");
    };
    const [ended, other, living] = [await opened(), await opened(), await opened()];
    const left = () => sessions.list(session.accountId, at);
    await sessions.end({ accountId: session.accountId, sessionId: ended.id }, at);
    const before = await left();

    const later = new Date(at.getTime() + 1);
    const approved = { ...session, clientId: await oneClient({}), id: crypto.randomUUID() };

    await ask(other, { sessionId: ended.id, at: later });

    expect(await left()).toEqual(before);
    expect(await sessions.openApproved(approved, { at, bySessionId: null })).not.toBeNull();
    await sessions.end({ accountId: session.accountId, sessionId: approved.id }, at);
    await ask(other, { sessionId: living.id, at });
    expect(await left()).not.toEqual(before);
  });
});

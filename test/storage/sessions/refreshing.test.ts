import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { AuditEvent } from "../../../src/core/audit/audit-log.ts";
import type { NewSession } from "../../../src/core/session/session.ts";
import type { PresentedRefresh } from "../../../src/core/session/sessions.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { oneClient } from "../../support/authorization.ts";
import { countRows } from "../../support/rows.ts";
import { watchStatements } from "../../support/watch-statements.ts";
import {
  actingIn,
  endedNow,
  eventsOf,
  readyToOpen,
  removeClient,
  sessions,
} from "./ready-to-open.ts";

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
  it("REF-06: counts as used whenever it is brought, and moves its session's end when it is spent alone", async () => {
    const { opening, now, session } = await readyToOpen();
    await sessions.open({ ...opening, session: { ...session, expiresAt: later(60) } });
    function later(seconds: number) {
      return new Date(now.getTime() + seconds * 1000);
    }
    const bring = async (seconds: number) => {
      const step = { tenantId: DEFAULT_TENANT_ID, sessionId: session.id, generation: 0 };
      await sessions.advance({ ...step, now: later(seconds), idleSeconds: 60 });
      return sessions.list(session.accountId, now);
    };

    expect(await bring(1)).toMatchObject([{ lastUsedAt: later(1), expiresAt: later(61) }]);
    expect(await bring(9)).toMatchObject([{ lastUsedAt: later(9), expiresAt: later(61) }]);
  });

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
    const end = (where: PresentedRefresh) => {
      const at = new Date(now.getTime() + 1);
      return sessions.endReplayed(where, { ...replayOf(session), at });
    };

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
    const approved = { ...session, clientId, id: crypto.randomUUID() };
    expect(await sessions.openApproved(approved, { at: now, bySessionId: null })).not.toBeNull();

    const acts = await actingIn(session);
    expect(await end({ ...here, ...replay })).toBe(true);
    expect(await acts()).toBe(false);
    expect(await endedNow(new Date(now.getTime() + 1))).toContain(session.id);
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

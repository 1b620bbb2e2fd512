import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { NewSession } from "../../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { secondFactorOf } from "../../support/second-factor.ts";
import { watchStatements } from "../../support/watch-statements.ts";
import { eventsOf, HOUR_MS, readyToOpen, sessions } from "./ready-to-open.ts";

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

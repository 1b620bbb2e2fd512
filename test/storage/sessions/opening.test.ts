import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { accountMade } from "../../../src/core/account/account-made.ts";
import { firstProof } from "../../../src/core/account/first-proof.ts";
import type { NewSession } from "../../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { asking, provedAccount, someoneIn } from "../../support/asking.ts";
import { disableAccount } from "../../support/disabled.ts";
import { secondFactorOf } from "../../support/second-factor.ts";
import { newTenant } from "../../support/tenants.ts";
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

    const { accountId } = opening.session;
    const by = await someoneIn(asking(service).context);
    const enrolmentId = crypto.randomUUID();
    await service.ports.secondFactors.enrol({ accountId, enrolmentId, sealedSecret: "s", by });
    const pending = { ...opening.session, id: crypto.randomUUID() };
    expect(await sessions.open({ ...opening, session: pending })).not.toBeNull();

    await secondFactorOf(service, person);

    expect(await sessions.open(opening)).toBeNull();
    expect(await sessions.open({ ...opening, secondFactor: "not asked" })).not.toBeNull();
  });

  it("its account is the first of an open tenant, where it has to be made so", async () => {
    const { opening, session, service } = await readyToOpen();
    const first = (tenantId: string) => {
      const { context } = asking(service, { tenantId });
      const account = provedAccount(context);
      const event = accountMade(context, account, session.id);
      return sessions.open({
        ...{ ...opening, passwordChangedAt: null },
        session: { ...session, id: crypto.randomUUID(), tenantId, accountId: account.id },
        makes: { account, passwordHash: null, mustBeFirst: true, event },
      });
    };
    const [open, closed] = [await newTenant(), await newTenant({ selfRegistration: false })];

    expect(await first(closed.tenantId)).toBeNull();
    expect(await first(open.tenantId)).not.toBeNull();
    expect(await first(open.tenantId)).toBeNull();
  });

  it("its account is enabled", async () => {
    const { opening, person } = await readyToOpen();

    await disableAccount(person.email);

    expect(await sessions.open(opening)).toBeNull();
  });

  it("none of its id was opened before", async () => {
    const { opening } = await readyToOpen();
    await sessions.open(opening);

    expect(await sessions.openOnce(opening)).toBe("opened before");
    expect(await sessions.open(opening)).toBeNull();
  });
});

describe("a session that is opened", () => {
  it("takes the place of one that lives, not of one that is over", async () => {
    const { opening, session, now } = await readyToOpen();
    const later = (ms: number) => new Date(now.getTime() + ms);
    const open = (like: Partial<NewSession>) =>
      sessions.open({
        ...{ ...opening, limit: { kind: "at most", count: 2 } },
        session: { ...session, id: crypto.randomUUID(), ...like },
      });

    await open({});
    await open({ lastUsedAt: later(2), expiresAt: later(3) });
    await open({ createdAt: later(4) });

    const left = await sessions.list(session.accountId, later(4));
    expect(left.map(({ number }) => number)).toEqual([3, 1]);
  });

  it("is not passed over for one that was used later", async () => {
    const { opening, session, now } = await readyToOpen();
    const limited = { ...opening, limit: { kind: "at most", count: 1 } as const };
    const lastUsedAt = new Date(now.getTime() + 1);
    await sessions.open({ ...limited, session: { ...session, lastUsedAt } });
    const next = { ...session, id: crypto.randomUUID() };

    await sessions.open({ ...limited, session: next });

    expect(await sessions.list(session.accountId, now)).toMatchObject([{ id: next.id }]);
  });

  it("ends no other when its challenge is brought again", async () => {
    const { opening, session, now } = await readyToOpen();
    const limited = { ...opening, limit: { kind: "one per client type" } as const };
    await sessions.openOnce(limited);
    const next = { ...session, id: crypto.randomUUID() };
    await sessions.open({ ...limited, session: next });
    const again = { ...session, createdAt: new Date(now.getTime() + 1) };

    expect(await sessions.openOnce({ ...limited, session: again })).toBe("opened before");

    expect(await sessions.list(session.accountId, now)).toMatchObject([{ id: next.id }]);
  });

  it("leaves the moment at which the address was proved first", async () => {
    const { opening, service, person, session, now } = await readyToOpen();
    const { email } = person;
    const before = await service.ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);
    const { context } = asking(service);
    const proof = firstProof(context, before ?? expect.fail("nobody has it"), session.id);
    const createdAt = new Date(now.getTime() + 1);

    await sessions.open({ ...opening, session: { ...session, createdAt }, firstProof: proof });

    expect(await service.ports.accounts.findByEmail(DEFAULT_TENANT_ID, email)).toEqual(before);
    expect(before?.emailVerifiedAt).not.toBeNull();
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

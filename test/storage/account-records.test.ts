import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { nameFromWhole } from "../../src/core/account/person-name.ts";
import type { AccountChange, Target } from "../../src/core/admin/account-records.ts";
import type { Deed } from "../../src/core/admin/deed.ts";
import type { AuditEventName } from "../../src/core/audit/audit-events.ts";
import { d1AccountRecords } from "../../src/storage/d1/account-records.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { asking, someoneIn } from "../support/asking.ts";
import { countRows } from "../support/rows.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";
import {
  backOffice,
  eventsOf,
  type Staff,
  somebodyLike,
  tokenOf,
} from "../surfaces/admin/back-office.ts";
import { withSecondFactor } from "../surfaces/credebl/credebl.ts";

const records = d1AccountRecords(openDatabase(env.DB));
const service = startService();
const NAME = nameFromWhole("Imp One");

const targetOf = ({ tenantId, id }: Staff): Target => ({
  tenantId,
  accountId: id,
  roles: ["user", "admin", "superadmin"],
});

function event({ tenantId, id: accountId }: Staff, name: AuditEventName): Deed {
  const at = new Date();
  return {
    id: service.ports.randomness.id(at),
    ...{ tenantId, event: name, actorId: "operator", sessionId: null, accountId, clientId: null },
    ...{ subject: null, address: "", city: null, country: null, userAgent: null, at },
    by: null,
  };
}

/** A change whose parts are told one by one, whatever the account is already. */
const change = (who: Staff, ...parts: [AuditEventName, AccountChange][]) =>
  records.change(
    targetOf(who),
    parts.map(([name, part]) => ({ change: part, event: event(who, name) })),
    event(who, "key-revoked"),
  );

const told = async (who: Staff) => (await eventsOf(who.id)).map((row) => row["event"]);
const livingOf = ({ id }: Staff) =>
  countRows("sessions", "account_id = ? AND revoked_at IS NULL", id);

/** An account, a change that it has been through already, and the event that would tell of it. */
const SO_ALREADY: readonly (readonly [
  like: Parameters<typeof somebodyLike>[0],
  change: AccountChange,
  name: AuditEventName,
])[] = [
  [{ disabledAt: new Date(5) }, { disabled: true }, "account-disabled"],
  [{}, { disabled: false }, "account-enabled"],
  [{}, { role: "user" }, "role-changed"],
  [{ role: "admin" }, { role: "admin" }, "role-changed"],
  [{ zapier: true }, { zapier: true }, "account-changed"],
  [{}, { zapier: false }, "account-changed"],
  [{ mustResetPassword: true }, { mustResetPassword: true }, "account-changed"],
  [{}, { mustResetPassword: false }, "account-changed"],
  [{ name: NAME.name }, { name: NAME }, "account-changed"],
];

describe("a change of an account, decided by what its row is by then", () => {
  it.each(SO_ALREADY)("of %j to %j writes nothing", async (like, part, name) => {
    const { disabledAt = null, ...rest } = like ?? {};
    const who = await somebodyLike({ updatedAt: new Date(7), ...rest });
    await tokenOf(backOffice(), who);
    await env.DB.prepare("UPDATE accounts SET disabled_at = ? WHERE id = ?")
      .bind(disabledAt?.getTime() ?? null, who.id)
      .run();

    expect(await change(who, [name, part])).toBeNull();
    expect(await told(who)).toEqual([]);
    expect(await livingOf(who)).toBe(1);
    expect(await countRows("accounts", "id = ? AND updated_at = 7", who.id)).toBe(1);
  });

  it("is of an account in reach: of a role that may be touched, in the tenant", async () => {
    const who = await somebodyLike({ role: "admin" });
    const disable = (target: Target) => {
      const parts = [{ change: { disabled: true }, event: event(who, "account-disabled") }];
      return records.change(target, parts, event(who, "key-revoked"));
    };

    expect(await disable({ ...targetOf(who), roles: ["user"] })).toBeNull();
    expect(await disable({ ...targetOf(who), tenantId: crypto.randomUUID() })).toBeNull();
    expect(await told(who)).toEqual([]);
    expect(await disable(targetOf(who))).not.toBeNull();
  });

  it("tells of those parts alone that are new", async () => {
    const who = await somebodyLike({ name: "Other" });

    const shutOut = await change(
      who,
      ["account-enabled", { disabled: false }],
      ["role-changed", { role: "user" }],
      ["account-changed", { name: NAME, zapier: false }],
    );

    expect(shutOut).toEqual({ endedCount: 0, revokedKeyCount: 0 });
    expect(await told(who)).toEqual(["account-changed"]);
    expect(await countRows("accounts", "id = ? AND name = ?", who.id, NAME.name)).toBe(1);
  });

  it("ends sessions for the part that asks for it", async () => {
    const promoted = await somebodyLike();
    const disabled = await somebodyLike({ role: "admin" });
    for (const who of [promoted, disabled]) {
      await tokenOf(backOffice(), who);
    }
    const ONE = { endedCount: 1, revokedKeyCount: 0 };
    const renamed: [AuditEventName, AccountChange] = ["account-changed", { name: NAME }];

    expect(await change(promoted, ["role-changed", { role: "admin" }], renamed)).toEqual(ONE);
    expect(
      await change(
        disabled,
        ["account-disabled", { disabled: true }],
        ["role-changed", { role: "admin" }],
      ),
    ).toEqual(ONE);
    expect(await told(promoted)).toEqual(["role-changed", "account-changed"]);
    expect(await told(disabled)).toEqual(["account-disabled"]);
  });
});

describe("a removal that does not come about", () => {
  it("leaves the account there and an open tenant without accounts open", async () => {
    const { tenantId } = await newTenant();
    const who = await somebodyLike();
    const remove = (target: Target) =>
      records.remove({ ...target, email: who.email }, event(who, "account-removed"));
    const inTheEmptyOne = { ...targetOf(who), tenantId };

    expect(await remove(inTheEmptyOne)).toBe(false);
    expect(await countRows("tenants", "id = ? AND self_registration = 1", tenantId)).toBe(1);
    expect(await countRows("accounts", "id = ?", who.id)).toBe(1);
    expect(await told(who)).toEqual([]);
  });
});

describe("removing a second factor", () => {
  const remove = (who: Staff) =>
    records.removeSecondFactor(targetOf(who), event(who, "second-factor-removed"));

  it("is written down and ends the sessions where one is on, once", async () => {
    const who = await somebodyLike();
    await withSecondFactor(service, who.id);
    await tokenOf(backOffice(), who);

    expect(await remove(who)).toBe(true);
    expect(await livingOf(who)).toBe(0);
    expect(await countRows("second_factors", "account_id = ?", who.id)).toBe(0);
    expect(await countRows("recovery_codes", "account_id = ?", who.id)).toBe(0);
    expect(await remove(who)).toBe(false);
    expect(await told(who)).toEqual(["second-factor-removed"]);
  });

  it.each([
    ["of who has none", () => Promise.resolve()],
    [
      "that waits for its first code",
      async (accountId: string) => {
        const by = await someoneIn(asking(service).context);
        const enrolment = { accountId, enrolmentId: "e", sealedSecret: "s", by };
        expect(await service.ports.secondFactors.enrol(enrolment)).toBe(true);
      },
    ],
  ])("%s writes nothing and signs nobody out", async (_, prepare) => {
    const who = await somebodyLike();
    await prepare(who.id);
    await tokenOf(backOffice(), who);

    expect(await remove(who)).toBe(false);
    expect(await told(who)).toEqual([]);
    expect(await livingOf(who)).toBe(1);
  });
});

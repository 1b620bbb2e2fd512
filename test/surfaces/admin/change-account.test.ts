import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { auth } from "../../rpc/entrypoint.ts";
import { createdKey } from "../../support/api-keys.ts";
import { isSignedIn } from "../../support/asking.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { impersonated } from "../../support/impersonated.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  type BackOffice,
  clientToken,
  conflict,
  eventsOf,
  OUT_OF_REACH,
  type SignedIn,
  type Staff,
  said,
  somebodyLike,
  staff,
  staffedOffice,
  tokenOf,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;

beforeEach(async () => {
  ({ office, boss } = await staffedOffice());
});

describe("PATCH /admin/accounts/:id", () => {
  const change = (who: { id: string }, body: object, bearer = boss.bearer) =>
    office.ask(`PATCH /accounts/${who.id}`, { bearer, body });

  it("disables an account, which ends its sessions, and enables it again", async () => {
    const person = await somebodyLike();
    const token = await tokenOf(office, person);

    const disabled = await change(person, { disabled: true });
    const enabled = await change(person, { disabled: false });

    expect([disabled.body.disabled, enabled.body.disabled]).toEqual([true, false]);
    expect(await isSignedIn(office.service, token)).toBe(false);
    expect(await eventsOf(person.id)).toEqual([
      { event: "account-disabled", actor: boss.id, subject: null },
      { event: "account-enabled", actor: boss.id, subject: null },
    ]);
  });

  it("ends what a disabled administrator does in another's name, for good", async () => {
    const [helper, person] = [await staff(office, "admin"), await somebodyLike()];
    const bearer = await tokenOf(office, person);
    await impersonated(person, helper);
    const isIn = () => isSignedIn(office.service, bearer);
    expect(await isIn()).toBe(true);

    await change(helper, { disabled: true });

    expect(await isIn()).toBe(false);
    await change(helper, { disabled: false });
    expect(await isIn()).toBe(false);
  });

  it("keeps the moment from which an account was disabled", async () => {
    stopClock();
    const person = await somebodyLike();
    await change(person, { disabled: true });
    const since = await countRows("accounts", "id = ? AND disabled_at = ?", person.id, Date.now());
    const then = Date.now();
    passSeconds(5);
    await change(person, { disabled: true });

    expect(since).toBe(1);
    expect(await countRows("accounts", "id = ? AND disabled_at = ?", person.id, then)).toBe(1);
  });

  it("changes role, flags and name at once, and tells each", async () => {
    const person = await somebodyLike();

    const { body } = await change(person, {
      role: "admin",
      zapier: true,
      must_reset_password: true,
      name: "Ada Lovelace",
    });

    expect(body).toMatchObject({
      ...{ role: "admin", zapier: true, must_reset_password: true, name: "Ada Lovelace" },
    });
    expect(await eventsOf(person.id)).toEqual(
      expect.arrayContaining([
        { event: "role-changed", actor: boss.id, subject: "admin" },
        {
          event: "account-changed",
          actor: boss.id,
          subject: "zapier on, must reset password on, name",
        },
      ]),
    );
  });

  it.each([
    ["disabled", { disabled: true }, "account-disabled"],
    ["enabled", { disabled: false }, null],
    ["of that role", { role: "user" }, null],
    ["of that name", { name: "Robin Example" }, null],
    ["without the flag", { zapier: false, must_reset_password: false }, null],
    ["with the flag", { zapier: true }, "account-changed"],
  ])("tells nothing of an account that is %s already", async (_, body, first) => {
    const person = await somebodyLike();

    const answers = [await change(person, body), await change(person, body)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[1]?.body).toMatchObject({ ...body, ended_count: 0 });
    expect((await eventsOf(person.id)).map(({ event }) => event)).toEqual(first ? [first] : []);
  });

  it("tells of those fields alone that are new", async () => {
    const person = await somebodyLike({ zapier: true });

    await change(person, { disabled: false, role: "user", zapier: true, name: "Ada Lovelace" });

    expect(await eventsOf(person.id)).toEqual([
      { event: "account-changed", actor: boss.id, subject: "name" },
    ]);
  });

  it("answers all alike who make the same change at once, and tells of it once", async () => {
    const person = await somebodyLike();
    const body = { disabled: true, name: "Ada Lovelace" };

    const answers = await Promise.all([1, 2, 3].map(() => change(person, body)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await eventsOf(person.id)).map(({ event }) => event)).toEqual([
      "account-disabled",
      "account-changed",
    ]);
  });

  it("ends the sessions of who gets a higher role, and what they approved, and nobody else's", async () => {
    const person = await somebodyLike();
    const isSignedOut = async (body: object) => {
      const token = await tokenOf(office, person);
      const { status, body: answer } = await change(person, body);
      return [status, answer.ended_count, await isSignedIn(office.service, token)];
    };
    const changedAt = async () =>
      env.DB.prepare("SELECT changed_at AS at FROM passwords WHERE account_id = ?")
        .bind(person.id)
        .first<number>("at");
    await env.DB.prepare("UPDATE passwords SET changed_at = 5 WHERE account_id = ?")
      .bind(person.id)
      .run();

    expect(await isSignedOut({ role: "user", name: "Robin" })).toEqual([200, 0, true]);
    expect(await changedAt()).toBe(5);
    expect(await isSignedOut({ role: "admin" })).toEqual([200, 2, false]);
    expect(await changedAt()).toBeGreaterThan(5);
    expect(await isSignedOut({ role: "admin" })).toEqual([200, 0, true]);
    expect(await isSignedOut({ role: "superadmin" })).toEqual([200, 2, false]);
    expect(await isSignedOut({ role: "admin" })).toEqual([200, 0, true]);
    expect(await isSignedOut({ role: "user" })).toEqual([200, 0, true]);
    expect(await isSignedOut({ role: "admin", disabled: true })).toEqual([200, 3, false]);
  });

  it("revokes the API keys of who gets a higher role and tells of each, and no other change does", async () => {
    const [person, other] = [await somebodyLike(), await somebodyLike()];
    const keyOf = async (who: Staff) =>
      (await createdKey(office.service, await tokenOf(office, who))).key;
    const areGood = (...keys: string[]) =>
      Promise.all(keys.map(async (key) => (await auth().verifyKey(key)) !== null));
    const revoked = async (body: object) => (await change(person, body)).body.revoked_key_count;
    const [first, second, others] = [await keyOf(person), await keyOf(person), await keyOf(other)];
    await env.DB.prepare(
      "INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at) VALUES (?1, ?2, ?3, 'service', 'nightly', 'p', ?1, '[]', 0)",
    )
      .bind(crypto.randomUUID(), person.tenantId, person.id)
      .run();

    expect(await revoked({ role: "user", name: "Robin" })).toBe(0);
    expect(await revoked({ disabled: true })).toBe(0);
    expect(await revoked({ disabled: false })).toBe(0);
    expect(await areGood(first, second, others)).toEqual([true, true, true]);
    expect(await revoked({ role: "admin" })).toBe(2);
    expect(await areGood(first, second, others)).toEqual([false, false, true]);
    expect(await countRows("keys", "account_id = ? AND kind = 'service'", person.id)).toBe(1);
    const told = { event: "key-revoked", actor: boss.id, subject: "A key" };
    const events = await eventsOf(person.id);
    expect(events.filter(({ event }) => event === told.event)).toEqual([told, told]);

    const own = await keyOf(person);
    expect(await revoked({ role: "admin" })).toBe(0);
    await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE id = ?")
      .bind(person.id)
      .run();
    expect(await revoked({ role: "admin" })).toBe(0);
    expect(await revoked({ role: "user" })).toBe(0);
    expect(await areGood(own)).toEqual([true]);
    expect(await revoked({ role: "superadmin", disabled: true })).toBe(1);
  });

  it("names an account that has no name yet", async () => {
    const nameless = await somebodyLike({ name: null });

    expect((await change(nameless, { name: "Ada" })).body.name).toBe("Ada");
    expect(await eventsOf(nameless.id)).toMatchObject([{ event: "account-changed" }]);
  });

  it("leaves everything as it is where nothing is named", async () => {
    const person = await somebodyLike();

    expect((await change(person, {})).status).toBe(200);
    expect(await eventsOf(person.id)).toEqual([]);
  });

  it("ADM-03: gives power to proved addresses alone", async () => {
    const person = await somebodyLike({ emailVerifiedAt: null });

    expect(said(await change(person, { role: "admin" }))).toEqual(
      conflict(
        "address_unproved",
        "The address is not proved: it may be a stranger's, and gets no power. Its owner proves it by the link in a mail or an invitation; whoever makes the account may say that it is theirs (`email_verified`).",
      ),
    );
  });

  it.each(["admin", "superadmin"] as const)(
    "ADM-03: an admin and a client touch no %s",
    async (role) => {
      const target = await somebodyLike({ role });
      for (const { bearer } of [
        await staff(office, "admin"),
        await clientToken(office, ["admin:accounts"]),
      ]) {
        expect(said(await change(target, { disabled: true }, bearer))).toEqual(OUT_OF_REACH);
        for (const [method, below] of [
          ["DELETE", ""],
          ["DELETE", "/sessions"],
          ["DELETE", "/second-factor"],
          ["POST", "/password-reset"],
          ["POST", "/invitation"],
        ]) {
          const answer = await office.ask(`${method} /accounts/${target.id}${below}`, { bearer });
          expect(said(answer)).toEqual(OUT_OF_REACH);
        }
      }
    },
  );

  it("ADM-03: an admin makes nobody one", async () => {
    const { bearer } = await staff(office, "admin");

    expect(said(await change(await somebodyLike(), { role: "admin" }, bearer))).toEqual(
      OUT_OF_REACH,
    );
  });

  it("ADM-04: nobody disables, demotes or removes themselves, nor turns their own second factor off", async () => {
    const own = conflict("target_is_caller", "You may not do that to your own account.");

    expect(said(await change(boss, { disabled: true }))).toEqual(own);
    expect(said(await change(boss, { role: "user" }))).toEqual(own);
    expect(said(await office.ask(`DELETE /accounts/${boss.id}`, boss))).toEqual(own);
    const factor = `DELETE /accounts/${boss.id}/second-factor`;
    expect(said(await office.ask(factor, boss))).toEqual(own);
    expect((await change(boss, { role: "superadmin", name: "Boss" })).status).toBe(200);
  });
});

describe("ADM-04: the last superadmin of a tenant", () => {
  const LAST = conflict(
    "last_superadmin",
    "The tenant would be left without a superadmin who can sign in.",
  );

  it("stays one who can sign in, whoever asks", async () => {
    const { slug, tenantId } = await newTenant();
    const only = await somebodyLike({ tenantId, role: "superadmin" });
    await somebodyLike({ tenantId, role: "superadmin", disabledAt: new Date() });
    await somebodyLike({ role: "superadmin" });
    const at = `/accounts/${only.id}?tenant=${slug}`;
    const { bearer } = boss;

    expect(said(await office.ask(`PATCH ${at}`, { bearer, body: { disabled: true } }))).toEqual(
      LAST,
    );
    expect(said(await office.ask(`PATCH ${at}`, { bearer, body: { role: "admin" } }))).toEqual(
      LAST,
    );
    expect(said(await office.ask(`DELETE ${at}`, { bearer }))).toEqual(LAST);
    expect(await eventsOf(only.id)).toEqual([]);
  });

  it("is one of two who do away with each other at once", async () => {
    const { slug, tenantId } = await newTenant();
    const two = [
      await staff(office, "superadmin", { tenantId }),
      await staff(office, "superadmin", { tenantId }),
    ];
    const attempts = two.map(({ bearer }, index) =>
      office.ask(`PATCH /accounts/${two[1 - index]?.id}?tenant=${slug}`, {
        bearer,
        body: { disabled: true },
      }),
    );

    await Promise.all(attempts);

    expect(await countRows("accounts", "tenant_id = ? AND disabled_at IS NULL", tenantId)).toBe(1);
  });
});

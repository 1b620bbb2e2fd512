import { env } from "cloudflare:workers";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import * as schema from "../../../src/storage/d1/schema.ts";
import { isSignedIn } from "../../support/asking.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { only, tokenIn } from "../../support/post-office.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import { withSecondFactor } from "../credebl/credebl.ts";
import {
  type BackOffice,
  backOffice,
  clientToken,
  OUT_OF_REACH,
  refusal,
  type Staff,
  said,
  somebodyLike,
  staff,
  tokenOf,
  UNKNOWN,
} from "./back-office.ts";

const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
let office: BackOffice;
let boss: Staff & { bearer: string };

beforeEach(async () => {
  office = backOffice();
  boss = await staff(office);
});

const conflict = (text: string) => refusal(409, "conflict", text);
const emailsIn = (body: { accounts: { email: string }[] }) =>
  body.accounts.map(({ email }) => email);

/** What was written down of an account, without what is different every time. */
async function eventsOf(accountId: string) {
  const { results } = await env.DB.prepare(
    "SELECT event, actor_id AS actor, subject FROM audit_events WHERE account_id = ? AND event <> 'signed-in' ORDER BY rowid",
  )
    .bind(accountId)
    .all();
  return results;
}

describe("GET /admin/accounts", () => {
  it("finds addresses by how they begin, page by page in their order", async () => {
    const mark = crypto.randomUUID().slice(0, 8);
    const emails = ["a", "b", "c", "d", "e"].map((one) => `${mark}-${one}@example.test`);
    for (const email of emails.toReversed()) {
      await somebodyLike({ email });
    }
    const page = (more = "") =>
      office.ask(`GET /accounts?email_prefix=${mark.toUpperCase()}-&limit=2${more}`, boss);

    const first = await page();
    const second = await page(`&cursor=${first.body.next_cursor}`);
    const third = await page(`&cursor=${second.body.next_cursor}`);

    expect([first, second, third].map(({ body }) => emailsIn(body))).toEqual([
      emails.slice(0, 2),
      emails.slice(2, 4),
      emails.slice(4),
    ]);
    expect(third.body.next_cursor).toBeNull();
    expect(first.body.next_cursor).not.toContain(mark);
  });

  it("finds nobody of another tenant, and nobody whose address only holds the text", async () => {
    const mark = crypto.randomUUID().slice(0, 8);
    await somebodyLike({ email: `${mark}@example.test`, tenantId: (await newTenant()).tenantId });
    await somebodyLike({ email: `x${mark}@example.test` });

    const { body } = await office.ask(`GET /accounts?email_prefix=${mark}`, boss);

    expect(body).toEqual({ accounts: [], next_cursor: null });
  });

  it("takes no percent sign for a wildcard", async () => {
    const { body } = await office.ask("GET /accounts?email_prefix=%25", boss);

    expect(body.accounts).toEqual([]);
  });

  it.each([
    ["limit=0", "limit must be at least 1."],
    ["limit=101", "limit must be at most 100."],
    ["limit=1.5", "limit must be a whole number."],
    ["limit=many", "limit must be a whole number."],
    ["cursor=", "cursor must not be empty."],
    ["cursor=abc", "cursor must be one that was handed out."],
    [`email_prefix=${"x".repeat(255)}`, "email_prefix must have at most 254 characters."],
  ])("refuses ?%s", async (query, issue) => {
    expect(said(await office.ask(`GET /accounts?${query}`, boss))).toEqual(
      refusal(400, "invalid_request", `The request is not valid. ${issue}`),
    );
  });
});

describe("GET /admin/accounts/:id", () => {
  it("shows an account whole, and nothing secret", async () => {
    const { id, email } = await somebodyLike({ role: "admin", mustResetPassword: true });

    expect(said(await office.ask(`GET /accounts/${id}`, boss))).toEqual({
      status: 200,
      body: {
        id,
        email,
        email_verified: true,
        name: "Robin Example",
        role: "admin",
        disabled: false,
        must_reset_password: true,
        zapier: false,
        two_factor_enabled: false,
        created_at: A_TIME,
        updated_at: A_TIME,
        has_password: true,
        recovery_codes_left: 0,
        passkeys: 0,
      },
    });
  });

  it("knows nobody of another tenant", async () => {
    const { id } = await somebodyLike({ tenantId: (await newTenant()).tenantId });

    expect(said(await office.ask(`GET /accounts/${id}`, boss))).toEqual(UNKNOWN);
  });
});

describe("POST /admin/accounts", () => {
  const create = (body: object, bearer = boss.bearer) =>
    office.ask("POST /accounts", { bearer, body });

  it("makes an account without a password, and writes down who did", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;

    const answer = await create({ email: ` ${email.toUpperCase()} `, name: "Ada Lovelace" });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ email, name: "Ada Lovelace", role: "user", email_verified: false, disabled: false },
    });
    const { body } = await office.ask(`GET /accounts/${answer.body.id}`, boss);
    expect(body.has_password).toBe(false);
    expect(await eventsOf(answer.body.id)).toEqual([
      { event: "account-created", actor: boss.id, subject: null },
    ]);
    expect(await office.service.deliver()).toEqual([]);
  });

  it("invites its owner in their language, who sets a password with the link and proves the address", async () => {
    stopClock();
    const email = `new-${crypto.randomUUID()}@example.test`;
    const { bearer } = await staff(office);
    const { body } = await create({ email, invite: true, language: "de" }, bearer);
    const letter = only(await office.service.deliver());
    passSeconds(2 * 86_400);

    const reset = await office.service.ask("/api/reset-password", {
      body: { token: tokenIn(letter), password: "a gentle otter in may" },
    });

    expect(letter).toMatchObject({ to: email, subject: "Richten Sie Ihr Konto ein" });
    expect(reset.status).toBe(200);
    const after = await office.ask(`GET /accounts/${body.id}`, await staff(office));
    expect(after.body).toMatchObject({ email_verified: true, has_password: true });
  });

  it("invites nobody more often than people may ask themselves, however often they are made", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;
    const statuses = [];
    for (let made = 0; made < 6; made++) {
      const { status, body } = await create({ email, invite: true });
      statuses.push(status);
      if (body.id) {
        await office.ask(`DELETE /accounts/${body.id}`, boss);
      }
    }

    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it("refuses an address that is taken, and writes nothing down", async () => {
    const { email } = await somebodyLike();
    const before = await countRows("audit_events", "event = 'account-created'");

    expect(said(await create({ email }))).toEqual(conflict("The address is taken."));
    expect(await countRows("audit_events", "event = 'account-created'")).toBe(before);
  });

  it("ADM-03: gives power to proved addresses alone", async () => {
    const email = `new-${crypto.randomUUID()}@example.test`;

    expect(said(await create({ email, role: "admin" }))).toEqual(
      conflict("The address is not proved: it may be a stranger's, and gets no power."),
    );
    const { body } = await create({ email, role: "superadmin", email_verified: true });
    expect(body).toMatchObject({ role: "superadmin", email_verified: true });
  });

  it("ADM-03: lets neither an admin nor a client make anybody more than a user", async () => {
    const [helper, client] = [
      await staff(office, "admin"),
      await clientToken(office, ["admin:accounts"]),
    ];
    for (const { bearer } of [helper, client]) {
      for (const role of ["admin", "superadmin"]) {
        const email = `new-${crypto.randomUUID()}@example.test`;
        const answer = await create({ email, role, email_verified: true }, bearer);
        expect(said(answer)).toEqual(OUT_OF_REACH);
      }
    }
  });

  it.each([
    [{}, "email is required."],
    [{ email: "nobody" }, "email must be an e-mail address."],
    [{ email: "a@b.test", role: "root" }, "role must be user, admin or superadmin."],
    [{ email: "a@b.test", invite: "yes" }, "invite must be true or false."],
    [{ email: "a@b.test", language: "fr" }, "language must be one of en, de."],
  ])("refuses %j", async (body, issue) => {
    expect(said(await create(body))).toEqual(
      refusal(400, "invalid_request", `The request is not valid. ${issue}`),
    );
  });
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

  it("ends what a disabled administrator does in another's name", async () => {
    const [helper, person] = [await staff(office, "admin"), await somebodyLike()];
    const bearer = await tokenOf(office, person);
    await env.DB.prepare("UPDATE sessions SET actor_id = ? WHERE account_id = ?")
      .bind(helper.id, person.id)
      .run();

    await change(helper, { disabled: true });

    expect(await countRows("sessions", "account_id = ? AND revoked_at IS NULL", person.id)).toBe(0);
    expect(await isSignedIn(office.service, bearer)).toBe(false);
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

  it("leaves everything as it is where nothing is named", async () => {
    const person = await somebodyLike();

    expect((await change(person, {})).status).toBe(200);
    expect(await eventsOf(person.id)).toEqual([]);
  });

  it("ADM-03: gives power to proved addresses alone", async () => {
    const person = await somebodyLike({ emailVerifiedAt: null });

    expect(said(await change(person, { role: "admin" }))).toEqual(
      conflict("The address is not proved: it may be a stranger's, and gets no power."),
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
    const own = conflict("You may not do that to your own account.");

    expect(said(await change(boss, { disabled: true }))).toEqual(own);
    expect(said(await change(boss, { role: "user" }))).toEqual(own);
    expect(said(await office.ask(`DELETE /accounts/${boss.id}`, boss))).toEqual(own);
    const factor = `DELETE /accounts/${boss.id}/second-factor`;
    expect(said(await office.ask(factor, boss))).toEqual(own);
    expect((await change(boss, { role: "superadmin", name: "Boss" })).status).toBe(200);
  });
});

describe("ADM-04: the last superadmin of a tenant", () => {
  const LAST = conflict("The tenant would be left without a superadmin who can sign in.");

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

describe("what is done to one account", () => {
  it("shows its living sessions", async () => {
    const person = await somebodyLike();
    await tokenOf(office, person);

    const { body } = await office.ask(`GET /accounts/${person.id}/sessions`, boss);

    expect(body.sessions).toEqual([
      {
        id: expect.any(String),
        contract: "planasonix",
        client_id: null,
        client_name: null,
        name: null,
        scope: null,
        impersonated_by: null,
        browser: "",
        os: "",
        address: expect.any(String),
        city: null,
        country: null,
        created_at: A_TIME,
        last_used_at: A_TIME,
        expires_at: A_TIME,
      },
    ]);
  });

  it("ends them all, and what was approved", async () => {
    const person = await somebodyLike();
    const tokens = [await tokenOf(office, person), await tokenOf(office, person)];

    const answer = await office.ask(`DELETE /accounts/${person.id}/sessions`, boss);

    expect(said(answer)).toEqual({ status: 200, body: { ended_count: 2 } });
    expect(await isSignedIn(office.service, tokens[0] ?? "")).toBe(false);
    expect(await eventsOf(person.id)).toEqual([
      { event: "sessions-ended-by-admin", actor: boss.id, subject: null },
    ]);
  });

  it("removes the second factor and ends the sessions", async () => {
    const person = await somebodyLike();
    await withSecondFactor(office.service, person.id);
    const token = await tokenOf(office, person);

    const answer = await office.ask(`DELETE /accounts/${person.id}/second-factor`, boss);

    expect(answer.status).toBe(204);
    expect(await office.service.deliver()).toMatchObject([
      { to: person.email, subject: "Two-factor sign-in was turned off" },
    ]);
    expect(await isSignedIn(office.service, token)).toBe(false);
    expect(await countRows("recovery_codes", "account_id = ?", person.id)).toBe(0);
    expect(await countRows("second_factors", "account_id = ?", person.id)).toBe(0);
  });

  it.each([
    ["password-reset", /new password/i, "reset-sent"],
    // With a password, the account is there already: no link that lives for days.
    ["invitation", /new password/i, "invitation-sent"],
  ])(
    "mails a link by POST …/%s, as often as people may ask themselves",
    async (path, subject, event) => {
      const person = await somebodyLike();
      const ask = () => office.ask(`POST /accounts/${person.id}/${path}`, boss);

      const statuses = [];
      for (let asked = 0; asked < 6; asked++) {
        statuses.push((await ask()).status);
      }

      expect(statuses).toEqual([204, 204, 204, 204, 204, 429]);
      const [letter] = await office.service.deliver();
      expect(letter).toMatchObject({ to: person.email, subject: expect.stringMatching(subject) });
      expect(
        await countRows("audit_events", "account_id = ? AND event = ?", person.id, event),
      ).toBe(5);
    },
  );

  it("mails nothing to a disabled account", async () => {
    const person = await somebodyLike({ disabledAt: new Date() });

    expect(said(await office.ask(`POST /accounts/${person.id}/password-reset`, boss))).toEqual(
      conflict("The account is disabled. Enable it first."),
    );
  });

  it("lists what happened to it, page by page", async () => {
    stopClock();
    const { bearer } = await staff(office);
    const person = await somebodyLike();
    for (const disabled of [true, false, true]) {
      passSeconds(1);
      await office.ask(`PATCH /accounts/${person.id}`, { bearer, body: { disabled } });
    }

    const first = await office.ask(`GET /accounts/${person.id}/events?limit=2`, { bearer });
    const second = await office.ask(
      `GET /accounts/${person.id}/events?limit=2&cursor=${first.body.next_cursor}`,
      { bearer },
    );

    const told = [first, second].map(({ body }) =>
      body.events.map(({ event }: { event: string }) => event),
    );
    expect(told).toEqual([["account-disabled", "account-enabled"], ["account-disabled"]]);
    expect(second.body.next_cursor).toBeNull();
  });

  it("says of each what came of it, and which client had a part in it", async () => {
    stopClock();
    const { bearer, clientId } = await clientToken(office, ["admin:accounts", "admin:audit"]);
    const person = await somebodyLike();
    await office.ask(`PATCH /accounts/${person.id}`, { bearer, body: { disabled: true } });

    const { body } = await office.ask(`GET /events?account=${person.id}&event=account-disabled`, {
      bearer,
    });

    expect(body.events).toEqual([
      {
        id: expect.any(String),
        event: "account-disabled",
        outcome: "done",
        actor: `client:${clientId}`,
        target: person.id,
        session_id: null,
        client_id: clientId,
        subject: null,
        address: expect.stringMatching(/^198\.18\./),
        city: null,
        country: null,
        user_agent: null,
        at: new Date().toISOString(),
      },
    ]);
  });

  it("knows nobody who is not there", async () => {
    for (const endpoint of [
      ...["GET", "DELETE"].map((method) => `${method} /accounts/x`),
      ...["GET", "DELETE"].map((method) => `${method} /accounts/x/sessions`),
      ...["GET /accounts/x/events", "POST /accounts/x/invitation"],
    ]) {
      expect(said(await office.ask(endpoint, boss))).toEqual(UNKNOWN);
    }
  });
});

describe("DELETE /admin/accounts/:id", () => {
  const ofAccounts = Object.values(schema)
    .filter((table) => is(table, SQLiteTable))
    .filter((table) => "accountId" in getTableColumns(table))
    .map((table) => getTableName(table))
    .filter((name) => name !== "audit_events");

  it("ADM-05: leaves no row of the account in any table but what was written down of it", async () => {
    const person = await somebodyLike();
    await tokenOf(office, person);
    await withSecondFactor(office.service, person.id);
    const other = await somebodyLike();
    await tokenOf(office, other);
    await env.DB.batch([
      env.DB.prepare("UPDATE sessions SET actor_id = ? WHERE account_id = ?").bind(
        person.id,
        other.id,
      ),
      ...["api", "service"].map((kind) =>
        env.DB.prepare(
          "INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at) VALUES (?, ?, ?, ?, 'k', 'p', ?, '[]', 0)",
        ).bind(crypto.randomUUID(), DEFAULT_TENANT_ID, person.id, kind, crypto.randomUUID()),
      ),
      env.DB.prepare(
        "INSERT INTO passkeys (id, tenant_id, account_id, name, credential_id, public_key, counter, transports, created_at) VALUES (?1, ?2, ?3, 'k', ?1, 'p', 0, '[]', 0)",
      ).bind(crypto.randomUUID(), DEFAULT_TENANT_ID, person.id),
      env.DB.prepare(
        "INSERT INTO email_changes (id, tenant_id, account_id, from_email, to_email, requested_at) VALUES (?, ?, ?, 'a', 'b', 0)",
      ).bind(crypto.randomUUID(), DEFAULT_TENANT_ID, person.id),
      env.DB.prepare(
        "INSERT INTO address_proofs (tenant_id, email, link_number, linked_at) VALUES (?, ?, 1, 0)",
      ).bind(DEFAULT_TENANT_ID, person.email),
      env.DB.prepare(
        "INSERT INTO suppressed_addresses (tenant_id, email, reason, detail, at, until) VALUES (?, ?, 'bounced', '', 0, 0)",
      ).bind(DEFAULT_TENANT_ID, person.email),
    ]);
    for (const table of ofAccounts) {
      expect([table, await countRows(table, "account_id = ?", person.id)]).not.toEqual([table, 0]);
    }

    const answer = await office.ask(`DELETE /accounts/${person.id}`, boss);

    expect(answer.status).toBe(204);
    for (const table of ofAccounts) {
      expect([table, await countRows(table, "account_id = ?", person.id)]).toEqual([table, 0]);
    }
    expect(await countRows("accounts", "id = ?", person.id)).toBe(0);
    for (const table of ["address_proofs", "suppressed_addresses"]) {
      expect([table, await countRows(table, "email = ?", person.email)]).toEqual([table, 0]);
    }
    expect(await countRows("sessions", "actor_id = ?", person.id)).toBe(0);
    expect((await eventsOf(person.id)).at(-1)).toEqual({
      event: "account-removed",
      actor: boss.id,
      subject: null,
    });
    expect(said(await office.ask(`GET /accounts/${person.id}`, boss))).toEqual(UNKNOWN);
  });

  it("ADM-05: lets nobody in by a link that was mailed before", async () => {
    const person = await somebodyLike();
    await office.ask(`POST /accounts/${person.id}/password-reset`, boss);
    const token = tokenIn(only(await office.service.deliver()));
    await office.ask(`DELETE /accounts/${person.id}`, boss);

    const { status } = await office.service.ask("/api/reset-password", {
      body: { token, password: "a gentle otter in may" },
    });

    expect(status).toBe(400);
    expect(await countRows("accounts", "email = ?", person.email)).toBe(0);
  });
});

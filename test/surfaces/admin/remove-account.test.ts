import { env } from "cloudflare:workers";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import * as schema from "../../../src/storage/d1/schema.ts";
import { impersonated } from "../../support/impersonated.ts";
import { somebody } from "../../support/people.ts";
import { only, tokenIn } from "../../support/post-office.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import { withSecondFactor } from "../credebl/credebl.ts";
import {
  type BackOffice,
  clientToken,
  eventsOf,
  type SignedIn,
  type Staff,
  said,
  somebodyLike,
  staffedOffice,
  tokenOf,
  UNKNOWN,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;

beforeEach(async () => {
  ({ office, boss } = await staffedOffice());
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
    await impersonated(other, person);
    await env.DB.batch([
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

  it("ADM-03: closes a tenant behind its last account: a client could else register as its superadmin", async () => {
    const { bearer } = await clientToken(office, ["admin:accounts", "admin:tenants"]);
    const { slug, tenantId } = await newTenant();
    const [first, last] = [await somebodyLike({ tenantId }), await somebodyLike({ tenantId })];
    const elsewhere = await newTenant();
    const remove = ({ id }: Staff) =>
      office.ask(`DELETE /accounts/${id}?tenant=${slug}`, { bearer });
    const register = async () => {
      const body = { ...somebody(), first_name: "Robin", last_name: "Example" };
      return (await office.service.ask(`/${slug}/api/v1/auth/register`, { body })).status;
    };
    const isOpen = (id: string) => countRows("tenants", "id = ? AND self_registration = 1", id);

    expect((await remove(first)).status).toBe(204);
    expect(await isOpen(tenantId)).toBe(1);
    expect((await remove(last)).status).toBe(204);
    expect(await isOpen(tenantId)).toBe(0);
    expect(await register()).toBe(403);
    expect(await isOpen(elsewhere.tenantId)).toBe(1);
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

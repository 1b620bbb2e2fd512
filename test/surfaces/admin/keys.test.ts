import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { newTenant } from "../../support/tenants.ts";
import {
  type BackOffice,
  lastEventOf,
  OUT_OF_REACH,
  type SignedIn,
  type StaffedOffice,
  said,
  somebodyLike,
  staff,
  staffedOffice,
  unknown,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;
let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ office, boss, as } = await staffedOffice());
});

describe("keys", () => {
  const insertKey = async (accountId: string, kind: "api" | "service", tenantId: string) => {
    const id = crypto.randomUUID();
    await env.DB.prepare(
      "INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at) VALUES (?1, ?2, ?3, ?4, 'nightly', 'p', ?1, '[]', 0)",
    )
      .bind(id, tenantId, accountId, kind)
      .run();
    return id;
  };

  it("are listed and revoked: an account's and the tenant's", async () => {
    const person = await somebodyLike();
    const own = await insertKey(person.id, "api", person.tenantId);
    const service = await insertKey(boss.id, "service", person.tenantId);
    const idsOf = async (endpoint: string) =>
      (await as(endpoint)).body.keys.map(({ id }: { id: string }) => id);

    expect(await idsOf(`GET /accounts/${person.id}/keys`)).toEqual([own]);
    expect(await idsOf("GET /keys")).toContain(service);
    for (const id of [own, service]) {
      expect((await as(`DELETE /keys/${id}`)).status).toBe(204);
      expect(said(await as(`DELETE /keys/${id}`))).toEqual(unknown("key"));
    }
    expect(await idsOf(`GET /accounts/${person.id}/keys`)).toEqual([]);
    expect(await lastEventOf(person.id)).toEqual({
      event: "key-revoked",
      actor: boss.id,
      subject: "nightly",
    });
  });

  it("ADM-03: of a superadmin are out of an admin's reach, and of another tenant nobody's", async () => {
    const helper = await staff(office, "admin");
    const key = await insertKey(boss.id, "api", boss.tenantId);
    const { tenantId } = await newTenant();
    const elsewhere = await insertKey((await somebodyLike({ tenantId })).id, "api", tenantId);

    expect(said(await as(`DELETE /keys/${key}`, undefined, helper.bearer))).toEqual(OUT_OF_REACH);
    expect(said(await as(`DELETE /keys/${elsewhere}`))).toEqual(unknown("key"));
  });
});

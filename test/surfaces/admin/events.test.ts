import { beforeEach, describe, expect, it } from "vitest";
import { stopClock } from "../../support/clock.ts";
import { newTenant } from "../../support/tenants.ts";
import { writeEvent } from "../../support/write-event.ts";
import {
  type BackOffice,
  clientToken,
  mark,
  type SignedIn,
  type StaffedOffice,
  somebodyLike,
  staff,
  staffedOffice,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;
let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ office, boss, as } = await staffedOffice());
});

describe("GET /admin/events", () => {
  it("lists what happened in the tenant alone, by account, actor and name", async () => {
    const { slug, tenantId } = await newTenant();
    const person = await somebodyLike({ tenantId });
    await as(`PATCH /accounts/${person.id}?tenant=${slug}`, { disabled: true });
    await as(`PATCH /accounts/${person.id}?tenant=${slug}`, { disabled: false });
    const list = async (more = "") =>
      (await as(`GET /events?tenant=${slug}${more}`)).body.events.map(
        ({ event }: { event: string }) => event,
      );

    expect(await list()).toEqual(["account-enabled", "account-disabled"]);
    expect(await list("&event=account-disabled")).toEqual(["account-disabled"]);
    expect(await list(`&account=${person.id}&actor=${boss.id}`)).toHaveLength(2);
    expect(await list("&actor=client:nobody")).toEqual([]);
    expect(await list("&event=key-made")).toEqual([]);
    expect((await as(`GET /events?tenant=${slug}&cursor=x`)).status).toBe(400);
  });

  it("ADM-01: tells of tenants, clients and signing keys to who runs the service alone", async () => {
    stopClock();
    const slug = `t-${mark()}`;
    await as("POST /tenants", { slug, name: "Acme" });
    await as("POST /clients", { id: slug, name: "Acme's", grants: [], confidential: true });
    const withdrawn = { event: "signing-key-withdrawn", actorId: "operator", accountId: "" };
    await writeEvent(office.service, "", withdrawn);
    const helper = await staff(office, "admin");
    const log = await clientToken(office, ["admin:audit"]);
    const told = async (bearer: string, query = "limit=100") =>
      (await as(`GET /events?${query}`, undefined, bearer)).body.events.map(
        ({ event }: { event: string }) => event,
      );
    const deeds = ["client-created", "signing-key-withdrawn", "tenant-created"];

    const seen = await told(helper.bearer);
    // Their own sign-in is there to be seen.
    expect(seen).toContain("signed-in");
    expect(seen.filter((event: string) => deeds.includes(event))).toEqual([]);
    expect(await told(helper.bearer, `account=tenant:${slug}`)).toEqual([]);
    expect(await told(helper.bearer, "event=client-created")).toEqual([]);
    for (const bearer of [boss.bearer, log.bearer]) {
      expect(await told(bearer)).toEqual(expect.arrayContaining(deeds));
      expect(await told(bearer, `account=tenant:${slug}`)).toEqual(["tenant-created"]);
    }
  });
});

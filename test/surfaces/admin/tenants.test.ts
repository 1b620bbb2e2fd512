import { beforeEach, describe, expect, it } from "vitest";
import { somebody } from "../../support/people.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  A_TIME,
  type BackOffice,
  conflict,
  lastEventOf,
  mark,
  type SignedIn,
  type StaffedOffice,
  said,
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

describe("/admin/tenants", () => {
  it("makes one, which is served at once, and writes down who did", async () => {
    const slug = `t-${mark()}`;

    const answer = await as("POST /tenants", { slug, name: "Acme", registration: "closed" });

    expect(said(answer)).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        slug,
        name: "Acme",
        registration: "closed",
        brand_name: null,
        brand_color: null,
        brand_logo: null,
        brand_logo_type: null,
        has_logo: false,
        sender_name: null,
        reply_to: null,
        created_at: A_TIME,
      },
    });
    expect(said(await as(`GET /tenants/${slug}`)).body).toEqual(answer.body);
    expect(
      (await office.service.ask(`/${slug}/api/v1/auth/setup-status`, { method: "GET" })).status,
    ).toBe(200);
    expect(await lastEventOf(`tenant:${slug}`)).toEqual({
      event: "tenant-created",
      actor: boss.id,
      subject: null,
    });
  });

  it("makes it closed unless it says open: a stranger could be the first in it", async () => {
    const firstIn = async (more: object) => {
      const slug = `t-${mark()}`;
      const made = await as("POST /tenants", { slug, name: "Acme", ...more });
      const stranger = { ...somebody(), first_name: "Robin", last_name: "Example" };
      const path = `/${slug}/api/v1/auth/register`;
      const { status } = await office.service.ask(path, { body: stranger });
      return [made.body.registration, status];
    };

    expect(await firstIn({})).toEqual(["closed", 403]);
    expect(await firstIn({ registration: "open" })).toEqual(["open", 201]);
  });

  it("refuses a slug that is taken, reserved or none", async () => {
    const { slug } = await newTenant();

    expect(said(await as("POST /tenants", { slug, name: "x" }))).toEqual(
      conflict("tenant_taken", "There is a tenant of that slug."),
    );
    for (const bad of ["oauth", "Acme", "a", "-a", "a b", ""]) {
      expect((await as("POST /tenants", { slug: bad, name: "x" })).status).toBe(400);
    }
  });

  it("changes what is named and leaves the rest", async () => {
    const { slug } = await newTenant();
    const first = await as(`PATCH /tenants/${slug}`, {
      ...{ registration: "closed", brand_name: "Acme Desk", brand_color: "#0b5a54" },
    });
    const second = await as(`PATCH /tenants/${slug}`, { name: "Acme", brand_name: null });

    expect(first.body).toMatchObject({ name: slug, registration: "closed" });
    expect(second.body).toEqual({ ...first.body, name: "Acme", brand_name: null });
    expect(said(await as(`GET /tenants/${slug}`)).body).toEqual(second.body);
    expect(await lastEventOf(`tenant:${slug}`)).toMatchObject({
      event: "tenant-changed",
      subject: "name, brandName",
    });
  });

  it("opens one for registration once it has a superadmin, and not before", async () => {
    const { slug, tenantId } = await newTenant({ slug: `t-${mark()}`, selfRegistration: false });
    const open = async () => said(await as(`PATCH /tenants/${slug}`, { registration: "open" }));

    expect(await open()).toEqual(
      conflict(
        "superadmin_missing",
        "The tenant has no superadmin: whoever registered first would be it. Make one, then open it.",
      ),
    );
    expect((await as(`GET /tenants/${slug}`)).body.registration).toBe("closed");
    expect(await countRows("audit_events", "account_id = ?", `tenant:${slug}`)).toBe(0);

    await staff(office, "admin", { tenantId });
    expect((await open()).status).toBe(409);
    await staff(office, "superadmin", { tenantId });
    expect(await open()).toMatchObject({ status: 200, body: { registration: "open" } });
    expect(await open()).toMatchObject({ status: 200, body: { registration: "open" } });
  });

  it("keeps one open that has no superadmin yet: the first to register is to be it", async () => {
    const { slug } = await newTenant();
    const { status, body } = await as(`PATCH /tenants/${slug}`, { registration: "open" });

    expect([status, body.registration]).toEqual([200, "open"]);
  });

  it("lists them page by page, and knows none that is not there", async () => {
    const slugs = ["a", "b", "c"].map((one) => `zz-${one}-${mark()}`);
    for (const slug of slugs) {
      await newTenant({ slug });
    }
    const first = await as("GET /tenants?cursor=zz&limit=2");
    const second = await as(`GET /tenants?cursor=${first.body.next_cursor}&limit=2`);

    const listed = [first, second].flatMap(({ body }) =>
      body.tenants.map(({ slug }: { slug: string }) => slug),
    );
    expect(listed).toEqual(slugs);
    expect(second.body.next_cursor).toBeNull();
    expect(said(await as("GET /tenants/nobody"))).toEqual(unknown("tenant"));
    expect(said(await as("PATCH /tenants/nobody", {}))).toEqual(unknown("tenant"));
  });
});

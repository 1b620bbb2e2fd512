import { beforeEach, describe, expect, it } from "vitest";
import { newTenant } from "../../support/tenants.ts";
import {
  type BackOffice,
  clientToken,
  lacking,
  OPERATORS_ONLY,
  type StaffedOffice,
  said,
  staff,
  staffedOffice,
} from "./back-office.ts";

let office: BackOffice;
let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ office, as } = await staffedOffice());
});

describe("what is the operators' alone", () => {
  it.each(["GET /tenants", "GET /clients", "GET /tenants/default", "GET /clients/x"])(
    "ADM-01: %s is closed to an admin of the default tenant, and to another tenant's superadmin",
    async (endpoint) => {
      const helper = await staff(office, "admin");
      const { slug, tenantId } = await newTenant();
      const other = await staff(office, "superadmin", { tenantId });

      expect(said(await as(endpoint, undefined, helper.bearer))).toEqual(OPERATORS_ONLY);
      expect(said(await as(`${endpoint}?tenant=${slug}`, undefined, other.bearer))).toEqual(
        OPERATORS_ONLY,
      );
    },
  );

  it("ADM-01: takes each its own scope of a client", async () => {
    const tenants = await clientToken(office, ["admin:tenants"]);
    const clients = await clientToken(office, ["admin:clients"]);

    expect((await as("GET /tenants", undefined, tenants.bearer)).status).toBe(200);
    expect(said(await as("GET /tenants", undefined, clients.bearer))).toEqual(
      lacking("admin:tenants"),
    );
    expect((await as("GET /clients", undefined, clients.bearer)).status).toBe(200);
    expect(said(await as("GET /clients", undefined, tenants.bearer))).toEqual(
      lacking("admin:clients"),
    );
  });
});

import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { isTenantSlug, RESERVED_SLUGS } from "../../src/core/tenant/slug.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";

const service = startService();

describe("the names that no tenant may have", () => {
  it("include the first segment of every route", () => {
    const segments = createApp(service).routes.map(({ path }) => path.split("/")[1] ?? "");
    const own = segments.filter((segment) => !["", "*", ":tenant"].includes(segment));

    expect(own.length).toBeGreaterThan(20);
    expect([...new Set(own)].filter((segment) => !RESERVED_SLUGS.has(segment))).toEqual([]);
  });

  it.each([
    ...["api", "auth", "v1", "oauth", "device", "account", "dev", "docs", "health"],
    ".well-known",
  ])("include %s, which the contract reserves", (slug) => {
    expect(RESERVED_SLUGS.has(slug)).toBe(true);
  });

  it("name no tenant even where the table says so", async () => {
    await newTenant({ slug: "oauth" });

    expect(await service.ports.tenants.findIdBySlug("oauth")).toBeNull();
  });
});

describe("the name of a tenant", () => {
  it.each(["ab", "default", "a1", "acme-2", "x".repeat(40)])("may be %j", (slug) => {
    expect(isTenantSlug(slug)).toBe(true);
  });

  it.each([
    ...["", "a", "x".repeat(41), "-acme", "acme-", "Acme", "ac me", "ac.me", "acmé", "acme\n"],
    ...["a/b", "%61cme", "__proto__"],
  ])("cannot be %j", (slug) => {
    expect(isTenantSlug(slug)).toBe(false);
  });
});

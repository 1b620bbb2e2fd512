import { beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../support/oauth-clients.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { newTenant } from "../../support/tenants.ts";
import { invalid, lastEventOf, type StaffedOffice, said, staffedOffice } from "./back-office.ts";

let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ as } = await staffedOffice());
});

describe("/admin/tenants", () => {
  it("takes a logo by what is in it, which the page shows then, and takes it away", async () => {
    const { slug, tenantId } = await newTenant();
    const set = (brand_logo: string | null) => as(`PATCH /tenants/${slug}`, { brand_logo });
    const logo = async () =>
      (await startPostOffice().ports.tenants.findBrand(tenantId)).logo?.mediaType ?? null;
    for (const [bytes, mediaType] of [
      ["\x89PNG\r\n\x1a\n and so on", "image/png"],
      ["RIFF\x10\0\0\0WEBPVP8L", "image/webp"],
      ['<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>', "image/svg+xml"],
    ] as const) {
      const { status, body } = await set(btoa(bytes));
      expect([status, body.has_logo, body.brand_logo_type]).toEqual([200, true, mediaType]);
      expect(body.brand_logo).toBe(btoa(bytes));
      expect((await as(`GET /tenants/${slug}`)).body).toEqual(body);
      expect(await logo()).toBe(mediaType);
    }
    expect(await lastEventOf(`tenant:${slug}`)).toMatchObject({ subject: "brandLogo" });

    const without = await set(null);
    expect([without.body.has_logo, without.body.brand_logo]).toEqual([false, null]);
    expect(await logo()).toBeNull();
  });

  it("has one version for one image, as `set-brand` gives it, and another for another", async () => {
    const { slug, tenantId } = await newTenant();
    const set = async (brand_logo: string) => {
      await as(`PATCH /tenants/${slug}`, { brand_logo });
      return (await startPostOffice().ports.tenants.findBrand(tenantId)).logo?.version;
    };
    const one = await set(btoa("<svg/>"));

    expect(one).toBe((await sha256Hex("<svg/>")).slice(0, 12));
    expect(await set(btoa("<svg />"))).not.toBe(one);
    expect(await set(btoa("<svg/>"))).toBe(one);
  });

  it.each([
    ["no base64", "<svg/>"],
    ["base64 with a space in it", `${btoa("<svg/>").slice(0, 4)} ${btoa("<svg/>").slice(4)}`],
    ["base64 that ends in bits of nothing", `${btoa("<svg/> ").slice(0, -3)}B==`],
    ["an image of another kind", btoa("GIF89a")],
    ["nothing", ""],
    ["what is too large", btoa(`<svg>${" ".repeat(8192 - 10)}</svg>`)],
    ["what is far too large", btoa(" ".repeat(20_000))],
    ["an SVG with a script", btoa("<svg><script>alert(1)</script></svg>")],
    ["an SVG with a handler", btoa('<svg onload="alert(1)"/>')],
    ["an SVG that leads elsewhere", btoa('<svg><use href="https://a.test/x#y"/></svg>')],
    ["an SVG with an entity", btoa('<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>')],
  ])("refuses a logo that is %s, in words that have none of it", async (_, brand_logo) => {
    const { slug } = await newTenant();

    expect(said(await as(`PATCH /tenants/${slug}`, { name: "x", brand_logo }))).toEqual(
      invalid(
        "brand_logo must be a PNG, a WebP or an SVG of shapes alone, of 8192 bytes at most, in base64.",
      ),
    );
    expect((await as(`GET /tenants/${slug}`)).body).toMatchObject({ name: slug, has_logo: false });
  });
});

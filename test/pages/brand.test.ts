import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Logo } from "../../src/core/tenant/brand.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { tenants } from "../../src/storage/d1/schema.ts";
import { Browser, type Page } from "../support/browser.ts";
import { withoutCeremony } from "../support/passkeys.ts";
import { startService } from "../support/service.ts";

const db = openDatabase(env.DB);
const isDefault = eq(tenants.id, DEFAULT_TENANT_ID);
const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>`;
const LOGO: Logo = { mediaType: "image/svg+xml", base64: btoa(SVG), version: "0123456789ab" };

/** The front page and its stylesheet, under what is stored of the brand. */
async function branded(brand: unknown): Promise<{ page: Page; style: string; logo: Page }> {
  const text = brand === null || typeof brand === "string" ? brand : JSON.stringify(brand);
  await env.DB.prepare("UPDATE tenants SET brand = ? WHERE id = ?")
    .bind(text, DEFAULT_TENANT_ID)
    .run();
  const browser = new Browser(startService());
  const page = await browser.open("/signin");
  const sheet = page.elements.find(({ attributes }) => attributes.rel === "stylesheet");
  return {
    page,
    style: (await browser.open(sheet?.attributes.href ?? "")).source,
    logo: await browser.open("/assets/logo"),
  };
}

afterAll(() => branded(null));

describe("a tenant's brand", () => {
  it("is on every page: its name in the title and on top, its colour and its logo", async () => {
    const { page, style, logo } = await branded({ name: "Acme", color: "#0b5a54", logo: LOGO });

    expect(page.title).toBe("Sign in – Acme");
    expect(page.source).toContain(
      `<header><a href="/"><img src="/assets/logo?v=0123456789ab" alt="" height="28"/><bdi>Acme</bdi></a></header>`,
    );
    expect(page.source).toContain(`<link rel="icon" href="/assets/logo?v=0123456789ab"/>`);
    expect(style).toContain(":root { --accent: #0b5a54; --on-accent: #ffffff; }");
    expect([logo.status, logo.source]).toEqual([200, SVG]);
    expect(logo.headers.get("content-type")).toBe("image/svg+xml");
    expect(logo.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(logo.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("may be a part of it: the rest is the tenant's name and the service's looks", async () => {
    await db.update(tenants).set({ name: "The tenant" }).where(isDefault);
    const plain = await branded(null);
    const colored = await branded({ color: "#0b5a54" });
    await db.update(tenants).set({ name: "Latchkey" }).where(isDefault);

    expect(plain.page.title).toBe("Sign in – The tenant");
    expect(plain.page.source).toContain(`<link rel="icon" href="data:,"/>`);
    expect(plain.logo.status).toBe(404);
    expect(colored.page.title).toBe("Sign in – The tenant");
    expect(colored.style).not.toBe(plain.style);
    expect(colored.style.startsWith(plain.style)).toBe(true);
  });

  it("changes the addresses of what browsers keep, as it changes", async () => {
    const addresses = async (brand: object) =>
      (await branded(brand)).page.elements
        .filter(({ tag }) => tag !== "script")
        .flatMap(({ attributes: { href, src } }) => (href ?? src)?.match(/.*\?v=.*/)?.[0] ?? []);

    const before = await addresses({ color: "#0b5a54", logo: LOGO });
    const after = await addresses({ color: "#0b5a55", logo: { ...LOGO, version: "ba9876543210" } });

    expect(before).toHaveLength(3);
    expect(after.filter((address) => before.includes(address))).toEqual([]);
  });

  it("leaves a page when it cannot be read", async () => {
    const statement = { bind: () => statement, all: down, raw: down, run: down, first: down };
    const withoutD1 = startService({ DB: { prepare: () => statement, batch: down } });

    const page = await new Browser(withoutD1).open("/signin");

    expect([page.status, page.title]).toEqual([200, "Sign in – Latchkey"]);
  });
});

describe("hostile values of a brand do no harm", () => {
  const HOSTILE = `</title></style><script>alert(1)</script>"'`;
  let plain: Page;
  let plainStyle: string;

  beforeEach(async () => {
    ({ page: plain, style: plainStyle } = await branded(null));
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    [HOSTILE, HOSTILE],
    ["A\u202Ecme\u0000\n", "A cme"],
    ["\u200B", "Latchkey"],
    ["", "Latchkey"],
  ])("the name %j", async (name, shown) => {
    const { page } = await branded({ name });

    expect(page.title).toBe(`Sign in – ${shown}`);
    expect(shapeOf(page)).toEqual(shapeOf(plain));
    expect(page.source).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each(["red", "#fff", "#0b5a54;}*{display:none", "url(//evil.test)", HOSTILE, 7, {}])(
    "the colour %j",
    async (color) => {
      const { page, style } = await branded({ color });

      expect(style).toBe(plainStyle);
      expect(withoutCeremony(page.source)).toBe(withoutCeremony(plain.source));
    },
  );

  it.each<object | string>([
    { ...LOGO, mediaType: "text/html" },
    { ...LOGO, mediaType: "image/svg+xml\r\nset-cookie: a=b" },
    { ...LOGO, base64: "<script>" },
    { ...LOGO, base64: "" },
    { ...LOGO, base64: "A".repeat(20_000) },
    { ...LOGO, version: HOSTILE },
    { mediaType: "image/png" },
    "//evil.test/logo.png",
  ])("the logo %j", async (logo) => {
    const answered = await branded({ logo });

    expect(withoutCeremony(answered.page.source)).toBe(withoutCeremony(plain.source));
    expect(answered.logo.status).toBe(404);
  });

  it.each(["{", "[]", '"x"', "7"])("a whole brand of %s", async (brand) => {
    const { page } = await branded(brand);

    expect([page.status, shapeOf(page)]).toEqual([200, shapeOf(plain)]);
  });
});

describe("a brand's colour can be read, whatever it is", () => {
  const GROUNDS = { light: ["#ffffff", "#f4f3ef"], dark: ["#1d1c1a", "#131312"] };

  it.each([
    ...["#000000", "#ffffff", "#808080", "#777777", "#0000ff", "#00ff00", "#ff0000", "#ffff00"],
    ...["#00ffff", "#ff00ff", "#1d1c1a", "#f4f3ef", "#0b5a54", "#74d3c7", "#fefefe", "#010101"],
  ])("%s", async (color) => {
    const { style } = await branded({ color });

    const rules = [...style.matchAll(/:root \{ --accent: (#\w{6}); --on-accent: (#\w{6}); \}/g)];
    expect(rules).toHaveLength(2);
    for (const [index, scheme] of (["light", "dark"] as const).entries()) {
      const [, accent = "", onAccent = ""] = rules[index] ?? [];
      const ratios = [onAccent, ...GROUNDS[scheme]].map((other) => contrast(accent, other));
      expect(Math.min(...ratios), `${scheme}: ${accent}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

function down(): Promise<never> {
  return Promise.reject(new Error("D1 is down"));
}

function shapeOf({ elements }: Page): string[] {
  return elements.map(({ tag, attributes }) => [tag, ...Object.keys(attributes)].join(" "));
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = (hex.match(/[0-9a-f]{2}/g) ?? []).map((channel) => {
    const share = Number.parseInt(channel, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

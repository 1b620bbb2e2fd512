import { describe, expect, it } from "vitest";
import { grants } from "../../src/oauth/token.ts";
import { documentOf, operationsUnder } from "../../src/reference/document.ts";
import text from "../../src/reference/openapi.json";
import { startService } from "../support/service.ts";

const service = startService();
const ask = (path: string) =>
  service.fetch(new Request(service.settings.publicUrl + path, { redirect: "manual" }));

describe("GET /openapi.json", () => {
  it("is the document", async () => {
    const response = await ask("/openapi.json");

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe(text);
    expect(JSON.parse(text)).toMatchObject({ openapi: "3.1.1", info: { title: "Latchkey" } });
  });
});

describe("GET /docs", () => {
  it("shows every operation, under an anchor of its own", async () => {
    const html = await (await ask("/docs")).text();
    const ids = documentOf().tags.flatMap(({ name }) => operationsUnder(name).map(({ id }) => id));

    expect(ids.length).toBeGreaterThan(70);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !html.includes(`<section id="${id}"`))).toEqual([]);
    expect(ids.filter((id) => !html.includes(`href="#${id}"`))).toEqual([]);
  });

  it("names every path and every scheme", async () => {
    const html = await (await ask("/docs")).text();
    const { paths, components } = documentOf();
    const words = [...Object.keys(paths), ...Object.keys(components.securitySchemes)];

    expect(words.filter((word) => !html.includes(word))).toEqual([]);
  });

  it("says which scopes open an operation of an administrator's", async () => {
    const html = await (await ask("/docs")).text();
    const entry = (name: string) =>
      html.match(new RegExp(`<section id="admin\\.${name}"[\\s\\S]*?</section>`))?.[0];

    expect(entry("searchAccounts")).toContain(
      "Authentication: bearer or administration (<code>admin:accounts:read</code> or <code>admin:accounts</code>).",
    );
    expect(entry("createWebhook")).toContain(
      "Authentication: bearer or administration (<code>admin:tenants</code> and <code>admin:audit</code>).",
    );
  });

  it("says of which fields one has to be there", async () => {
    const html = await (await ask("/docs")).text();

    expect(html).toContain(
      "<p>One of <code>code</code> and <code>recoveryCode</code> has to be there.</p>",
    );
  });

  it("shows a request for tokens by each grant", async () => {
    const html = await (await ask("/docs")).text();
    const shown = [...html.matchAll(/<pre>grant_type=([^&<\s]+)/g)].map(([, type = ""]) =>
      decodeURIComponent(type),
    );

    expect(shown.sort()).toEqual([...grants.keys()].sort());
  });

  it("runs no script, and loads nothing but stylesheets of its own", async () => {
    const response = await ask("/docs");
    const html = await response.text();
    const loaded = [...html.matchAll(/<(?:link|img|script|iframe)\b[^>]*?(?:href|src)="([^"]*)"/g)];

    expect(response.headers.get("content-security-policy")).toContain("script-src 'none'");
    expect(html).not.toMatch(/<script|style="|\son\w+=/);
    expect(loaded.map(([, url = ""]) => url.replace(/\?.*/, ""))).toEqual([
      "data:,",
      "/style.css",
      "/assets/docs.css",
    ]);
  });
});

describe("GET /assets/docs.css", () => {
  it("is kept for a year by its version, and not at all by another", async () => {
    const html = await (await ask("/docs")).text();
    const current = await ask(html.match(/\/assets\/docs\.css\?v=\w+/)?.[0] ?? "");
    const other = await ask("/assets/docs.css?v=0");

    expect(current.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(other.headers.get("cache-control")).toBe("no-store");
    expect(current.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });
});

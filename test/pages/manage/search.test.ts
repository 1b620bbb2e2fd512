import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { said } from "../../support/account-page.ts";
import { administratorBrowser } from "../../support/administrators.ts";
import { type Browser, readingIn } from "../../support/browser.ts";
import { logLines } from "../../support/log-lines.ts";
import type { Person } from "../../support/people.ts";
import { startService } from "../../support/service.ts";
import { newTenant } from "../../support/tenants.ts";
import { somebodyLike } from "../../surfaces/admin/back-office.ts";

const service = startService();
const NOT_SIGNED_OUT = -2;

let browser: Browser;
let person: Person;

beforeAll(async () => {
  ({ browser, person } = await administratorBrowser(service, "admin"));
});

/** A beginning of addresses that nobody else has. */
const unused = () => `q${crypto.randomUUID().slice(0, 13)}`;

/** What a search leads to. */
async function search(prefix: string) {
  const { form } = await browser.open("/manage");
  return browser.submit(form("/manage"), { prefix });
}

async function found(prefix: string) {
  return browser.follow(await search(prefix));
}

describe("the search", () => {
  it("shows nobody unasked", async () => {
    expect(said(await browser.open("/manage"), person)).toEqual({
      status: 200,
      title: "Accounts – Latchkey",
      lines: [
        "Accounts",
        "E-mail address begins with",
        "Leave it empty for all accounts.",
        "Search",
      ],
    });
  });

  it("finds the accounts whose address begins so, in any case, with what there is to know at once", async () => {
    const prefix = unused();
    await somebodyLike({ email: `${prefix}-b@example.test`, name: null, role: "superadmin" });
    const first = await somebodyLike({
      email: `${prefix}-a@example.test`,
      emailVerifiedAt: null,
      disabledAt: new Date(),
    });
    await somebodyLike({ email: `z${prefix}@example.test` });

    const page = await found(` ${prefix.toUpperCase()} `);

    expect(page.lines.slice(4, NOT_SIGNED_OUT)).toEqual([
      `Addresses that begin with ${prefix.toUpperCase()}`,
      `${prefix}-a@example.test`,
      "Robin Example · User · not confirmed · Disabled",
      `${prefix}-b@example.test`,
      "Superadmin",
    ]);
    expect(page.source).toContain(`href="/manage/accounts/${first.id}"`);
    expect(page.form("/manage").fields.prefix).toBe(prefix.toUpperCase());
  });

  it("says so where there is none", async () => {
    const prefix = unused();

    expect((await found(prefix)).lines.slice(4, NOT_SIGNED_OUT)).toEqual([
      `Addresses that begin with ${prefix}`,
      "There is none.",
    ]);
  });

  it("takes no text for a pattern", async () => {
    await somebodyLike();

    expect((await found("%")).lines).toContain("There is none.");
    expect((await found("_")).lines).toContain("There is none.");
  });

  it("looks for no more than an address has", async () => {
    const { form } = await found("p".repeat(255));

    expect(form("/manage").fields.prefix).toBe("p".repeat(254));
  });

  it("of nothing shows all accounts, by address", async () => {
    await somebodyLike({ email: `!${unused()}@example.test` });

    const { lines } = await found("");

    expect(lines[4]).toBe("All accounts");
    const shown = lines.filter((line) => /^\S+@example\.test$/.test(line));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual(shown.toSorted());
  });

  it("goes on page by page, and shows everybody once", async () => {
    const prefix = unused();
    const emails = Array.from(
      { length: 60 },
      (_, number) => `${prefix}-${String(number).padStart(2, "0")}@example.test`,
    );
    await env.DB.batch(emails.flatMap(rowsOf));
    const seen: string[][] = [];

    let page = await found(prefix);
    for (;;) {
      seen.push(page.lines.filter((line) => emails.includes(line)));
      const more = page.elements.find(({ attributes }) => /[?&]after=/.test(attributes.href ?? ""));
      if (!more) {
        break;
      }
      page = await browser.open(more.attributes.href ?? "");
    }

    expect(seen.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(seen.flat()).toEqual(emails);
  });

  it("ADM-01: finds nobody of another tenant", async () => {
    const prefix = unused();
    const { tenantId } = await newTenant();
    await somebodyLike({ email: `${prefix}@example.test`, tenantId });

    expect((await found(prefix)).lines).toContain("There is none.");
  });

  it("speaks German", async () => {
    const prefix = unused();

    const { lines } = await readingIn("de", () => found(prefix));

    expect(lines.slice(0, NOT_SIGNED_OUT)).toEqual([
      "Konten",
      "E-Mail-Adresse beginnt mit",
      "Leer heißt: alle Konten.",
      "Suchen",
      `Adressen, die mit ${prefix} beginnen`,
      "Es gibt keine.",
    ]);
  });
});

describe("what was searched for", () => {
  it("stands in no address and in no line of the log", async () => {
    const prefix = unused();
    await env.DB.batch(
      Array.from({ length: 26 }, (_, number) => `${prefix}-${number}@example.test`).flatMap(rowsOf),
    );
    const log = logLines();

    const { location } = await search(prefix);
    const page = await browser.open(location ?? "");
    const more = page.elements.find(({ attributes }) => /[?&]after=/.test(attributes.href ?? ""));
    await browser.open(more?.attributes.href ?? "");

    const written = log.take();
    expect(written).toContain("searchAccounts");
    expect(written).not.toContain(prefix);
    for (const address of [location, more?.attributes.href]) {
      expect(address).toMatch(/^\/manage\?search=[\w-]{40,}/);
      expect(address).not.toContain(prefix);
      const parts = [...new URLSearchParams(address?.split("?")[1]).values()];
      const clear = parts.map((part) => atob(part.replaceAll("-", "+").replaceAll("_", "/")));
      expect(clear.join()).not.toContain(prefix);
    }
  });

  it("is sealed anew each time, so that two searches are not seen to be for the same", async () => {
    const prefix = unused();

    expect((await search(prefix)).location).not.toBe((await search(prefix)).location);
  });

  it("is no search where it was not sealed here", async () => {
    const { location } = await search("p-");
    const altered = location?.replace(/.$/, (last) => (last === "A" ? "B" : "A")) ?? "";

    for (const path of ["/manage?search=p-", "/manage?search=", altered]) {
      expect((await browser.open(path)).lines).toHaveLength(6);
    }
  });

  it("is gone on with from where a page said alone", async () => {
    const { location } = await search("p-");

    const { status, title } = await browser.open(`${location}&after=x`);

    expect([status, title]).toEqual([400, "That did not arrive in one piece – Latchkey"]);
  });

  it("WEB-03: is shown as text, whatever it is", async () => {
    const { lines, source } = await found('"><script>alert(1)</script>');

    expect(lines).toContain('Addresses that begin with "><script>alert(1)</script>');
    expect(source).not.toContain("<script>alert");
  });
});

/** Rows as few as make an account that can be found. */
function rowsOf(email: string) {
  const id = crypto.randomUUID();
  return [
    env.DB.prepare(
      `INSERT INTO accounts (id, tenant_id, email, role, profile, created_at, updated_at)
        VALUES (?, ?, ?, 'user', '{}', 0, 0)`,
    ).bind(id, DEFAULT_TENANT_ID, email),
    env.DB.prepare("INSERT INTO passwords (account_id, changed_at) VALUES (?, 0)").bind(id),
  ];
}

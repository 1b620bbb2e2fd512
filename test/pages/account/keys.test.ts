import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { said } from "../../support/account-page.ts";
import { type Browser, type Page, readingIn, signedInBrowser } from "../../support/browser.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { startService } from "../../support/service.ts";

const service = startService();
const PATH = "/account/keys";
const DELETE = "/account/keys/delete";
const KEY = /^plnx_live_[0-9A-Za-z]{38}$/;
const WANTED = { name: "Backup script", "profile:read": "on", life: "90" };

const form = [
  "Make a key",
  "Name",
  "What it is for, such as: backup script.",
  "What it may do",
  "See your profile and your e-mail address",
  "Change your profile",
  "It expires",
  "in 30 days",
  "in 90 days",
  "in a year",
  "never",
  "Make key",
];

beforeEach(stopClock);

async function make(browser: Browser, wanted: Record<string, string> = WANTED): Promise<Page> {
  const { csrf = "" } = (await browser.open(PATH)).form("/signout").fields;
  return browser.post(PATH, { csrf, ...wanted });
}

function keyOn({ lines }: Page): string {
  const key = lines.find((line) => KEY.test(line));
  if (!key) {
    throw new Error("the page shows no key");
  }
  return key;
}

function use(key: string, method: "GET" | "PUT" = "GET") {
  const headers = { "x-planasonix-api-key": key };
  const body = method === "PUT" ? { body: { display_name: "Renamed" } } : {};
  return service.ask("/api/user/profile", { method, headers, ...body });
}

describe("making a key", () => {
  it("asks what for, what it may and how long", async () => {
    const { browser, person } = await signedInBrowser(service);

    expect(said(await browser.open(PATH), person)).toEqual({
      status: 200,
      title: "API keys – Latchkey",
      lines: [
        "API keys",
        "With a key, a program of yours uses the API in your name. Whoever has the key can do what it may.",
        "You have no keys.",
        ...form,
      ],
    });
  });

  it("shows it this once, in the answer itself and kept by nobody", async () => {
    const { browser, person } = await signedInBrowser(service);

    const page = await make(browser);

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Your new key – Latchkey",
      lines: [
        "Your new key",
        "Copy it now to where it is needed. It is kept nowhere and not shown again.",
        "Backup script",
        expect.stringMatching(KEY),
        "I have copied it",
      ],
    });
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await browser.open(PATH)).source).not.toContain(keyOn(page));
  });

  it("gives it what was ticked and nothing more", async () => {
    const { browser } = await signedInBrowser(service);
    const reads = keyOn(await make(browser));
    const both = keyOn(await make(browser, { ...WANTED, "profile:write": "on" }));

    const statuses = [
      (await use(reads)).status,
      (await use(reads, "PUT")).status,
      (await use(both, "PUT")).status,
    ];

    expect(statuses).toEqual([200, 403, 200]);
  });

  it.each([
    ["30", 30],
    ["90", 90],
    ["365", 365],
  ])("that lives %s days works until then", async (life, days) => {
    const { browser } = await signedInBrowser(service);
    const key = keyOn(await make(browser, { ...WANTED, life }));

    passSeconds(days * DAY_SECONDS - 1);
    expect((await use(key)).status).toBe(200);
    passSeconds(1);
    expect((await use(key)).status).toBe(401);
  });

  it("that never expires still works in ten years", async () => {
    const { browser } = await signedInBrowser(service);
    const key = keyOn(await make(browser, { ...WANTED, life: "never" }));

    passSeconds(3650 * DAY_SECONDS);

    expect((await use(key)).status).toBe(200);
  });

  it.each([
    ["without a name", { name: " " }, "Enter a name."],
    ["with an endless name", { name: "x".repeat(201) }, "A name has at most 200 characters here."],
    ["with a life that is not offered", { life: "9999" }, "Choose when the key expires."],
  ])("is refused %s, and nothing is made", async (_, wrong, problem) => {
    const { browser, person } = await signedInBrowser(service);

    const page = await make(browser, { ...WANTED, ...wrong });

    const { status, title, lines } = said(page, person);
    expect({ status, title, lines }).toEqual({
      status: 400,
      title: "Error: API keys – Latchkey",
      lines: [
        "API keys",
        "With a key, a program of yours uses the API in your name. Whoever has the key can do what it may.",
        "You have no keys.",
        "Make a key",
        problem,
        ...form.slice(1),
      ],
    });
    expect(page.form(PATH).fields).toMatchObject({ "profile:read": "on" });
  });

  it("is refused where it may do nothing, and everything that is wrong is said at once", async () => {
    const { browser, person } = await signedInBrowser(service);

    const page = await make(browser, { name: "", life: "" });

    expect(said(page, person).lines.slice(4, 7)).toEqual([
      "Enter a name.",
      "Tick at least one thing that the key may do.",
      "Choose when the key expires.",
    ]);
  });

  it("sent twice, makes two, and both are in the list", async () => {
    const { browser, person } = await signedInBrowser(service);

    await make(browser);
    await make(browser);

    const { lines } = said(await browser.open(PATH), person);
    expect(lines.filter((line) => line === "Backup script")).toHaveLength(2);
  });

  it("is refused past a hundred", async () => {
    const { browser, person } = await signedInBrowser(service);
    await make(browser);
    await env.DB.prepare(
      `WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 99)
        INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
        SELECT id || n, tenant_id, account_id, kind, name, prefix, hash || n, scopes, created_at FROM keys, counted
        WHERE account_id = (SELECT id FROM accounts WHERE email = ?)`,
    )
      .bind(person.email)
      .run();

    const page = await make(browser);

    expect(page.status).toBe(409);
    expect(said(page, person).lines).toContain(
      "There are a hundred keys already. Delete one first.",
    );
  });
});

describe("the list", () => {
  it("shows each key without its secret: what it may, since when, until when", async () => {
    const { browser, person } = await signedInBrowser(service);
    const key = keyOn(await make(browser));
    passSeconds(1);
    await make(browser, {
      ...WANTED,
      name: "Old <b>one</b>",
      life: "never",
      "profile:write": "on",
    });
    passSeconds(120);
    await use(key);

    const { lines } = said(await browser.open(PATH), person);

    expect(lines.slice(2, -form.length)).toEqual([
      "Old <b>one</b>",
      expect.stringMatching(/^Begins with: plnx_live_[0-9A-Za-z]{4}$/),
      "It may:",
      "See your profile and your e-mail address",
      "Change your profile",
      "Made: 2 minutes ago (<moment>)",
      "Last used: Never",
      "Expires: Never",
      "Delete",
      "Backup script",
      `Begins with: ${key.slice(0, 14)}`,
      "It may:",
      "See your profile and your e-mail address",
      "Made: 2 minutes ago (<moment>)",
      "Last used: now (<moment>)",
      "Expires: <moment>",
      "Delete",
    ]);
  });

  it("says it in German, and of one that has expired, when", async () => {
    const { browser, person } = await signedInBrowser(service);
    await make(browser, { ...WANTED, life: "30" });
    passSeconds(31 * DAY_SECONDS);
    await browser.signIn(person);

    const page = await readingIn("de", () => browser.open(PATH));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "API-Schlüssel – Latchkey",
      lines: [
        "API-Schlüssel",
        "Mit einem Schlüssel verwendet ein Programm von Ihnen die API in Ihrem Namen. Wer den Schlüssel hat, kann tun, was er darf.",
        "Backup script",
        expect.stringMatching(/^Beginnt mit: plnx_live_[0-9A-Za-z]{4}$/),
        "Darf:",
        "Ihr Profil und Ihre E-Mail-Adresse sehen",
        "Erstellt: vor 31 Tagen (<moment>)",
        "Zuletzt verwendet: Nie",
        "Abgelaufen: <moment>",
        "Löschen",
        "Schlüssel erstellen",
        "Name",
        "Wofür er ist, zum Beispiel: Sicherungsskript.",
        "Was er darf",
        "Ihr Profil und Ihre E-Mail-Adresse sehen",
        "Ihr Profil ändern",
        "Er läuft ab",
        "in 30 Tagen",
        "in 90 Tagen",
        "in einem Jahr",
        "nie",
        "Schlüssel erstellen",
      ],
    });
  });
});

describe("deleting a key", () => {
  it("makes it worthless at once, and leads back by redirect", async () => {
    const { browser, person } = await signedInBrowser(service);
    const key = keyOn(await make(browser));
    const page = await browser.open(PATH);

    const deleted = await browser.submit(page.form(DELETE));
    const again = await browser.submit(page.form(DELETE));

    expect(deleted.location).toBe("/account/keys?done=keyDeleted");
    expect(again.location).toBe("/account/keys?done=keyDeleted");
    expect(said(await browser.follow(deleted), person).lines.slice(0, 4)).toEqual([
      "The key was deleted. It no longer works.",
      "API keys",
      expect.any(String),
      "You have no keys.",
    ]);
    expect((await use(key)).status).toBe(401);
  });

  it("of somebody else does nothing", async () => {
    const { browser: theirs } = await signedInBrowser(service);
    const key = keyOn(await make(theirs));
    const { key: keyId = "" } = (await theirs.open(PATH)).form(DELETE).fields;
    const { browser } = await signedInBrowser(service);
    const { csrf = "" } = (await browser.open(PATH)).form(PATH).fields;

    await browser.post(DELETE, { csrf, key: keyId });

    expect((await use(key)).status).toBe(200);
  });
});

import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { textsIn } from "../../../src/texts/texts.ts";
import { AT_HOME, said } from "../../support/account-page.ts";
import { Browser, type Page, readingIn } from "../../support/browser.ts";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { type Person, registered, signedIn } from "../../support/people.ts";
import { accountIdOf } from "../../support/rows.ts";
import { startService } from "../../support/service.ts";
import { writeEvent } from "../../support/write-event.ts";

const service = startService();
const PATH = "/account/activity";
const WHAT =
  "What was done to your account, the newest first, 50 at a time. If one of them was not you, change your password and sign out everywhere else.";
const HERE = "Vienna, Austria · Firefox 128 on Windows 10";

beforeAll(registerClients);
beforeEach(stopClock);

async function atHome(): Promise<{ browser: Browser; person: Person; id: string }> {
  const person = await registered(service);
  // What is of one time is in no order.
  passSeconds(1);
  const browser = Object.assign(new Browser(service), AT_HOME);
  await browser.signIn(person);
  return { browser, person, id: await accountIdOf(person) };
}

/** Where a page goes on, if it does. */
function olderThan({ elements }: Page): string | undefined {
  const hrefs = elements.map(({ attributes: { href = "" } }) => href);
  return hrefs.find((href) => href.startsWith(`${PATH}?before=`));
}

describe("the page", () => {
  it("REL-07: tells what was done, when, where and with what, the newest first", async () => {
    const { browser, person } = await atHome();
    const { csrf = "" } = (await browser.open("/account")).form("/signout").fields;
    passSeconds(90);
    await browser.post("/account/keys", { csrf, name: "Backup", "profile:read": "on", life: "30" });
    passSeconds(30);

    expect(said(await browser.open(PATH), person)).toEqual({
      status: 200,
      title: "Activity – Latchkey",
      lines: [
        "Activity",
        WHAT,
        "An API key was made: Backup",
        "30 seconds ago (<moment>)",
        HERE,
        "Signed in",
        "2 minutes ago (<moment>)",
        HERE,
        "The account was made",
        "2 minutes ago (<moment>)",
        "Unknown · Unknown",
      ],
    });
  });

  it("tells it in German", async () => {
    const { browser, person } = await atHome();

    expect(said(await readingIn("de", () => browser.open(PATH)), person)).toEqual({
      status: 200,
      title: "Aktivität – Latchkey",
      lines: [
        "Aktivität",
        "Was mit Ihrem Konto geschah, das Neueste zuerst, je 50 Einträge. Wenn etwas davon nicht von Ihnen stammt, ändern Sie Ihr Passwort und melden Sie sich überall sonst ab.",
        "Angemeldet",
        "jetzt (<moment>)",
        "Vienna, Österreich · Firefox 128 unter Windows 10",
        "Das Konto wurde angelegt",
        "vor 1 Sekunde (<moment>)",
        "Unbekannt · Unbekannt",
      ],
    });
  });

  it.each(["en", "de"] as const)("has words for every event in %s", async (language) => {
    const { browser, id } = await atHome();
    const { events } = textsIn(language).accountActivity;
    for (const event of Object.keys(events)) {
      await writeEvent(service, id, { event });
    }

    const told = Object.values(events).toReversed();
    const lines: string[] = [];
    for (let next: string | undefined = PATH; next; ) {
      const path = next;
      const page = await readingIn(language, () => browser.open(path));
      lines.push(...page.lines.filter((line) => told.includes(line)));
      next = olderThan(page);
    }

    expect(lines.slice(0, told.length)).toEqual(told);
    expect(new Set(told).size).toBe(told.length);
  });

  it("shows hostile subjects harmless, and what it has no words for as something else", async () => {
    const { browser, person, id } = await atHome();
    await writeEvent(service, id, {
      event: "key-made",
      subject: '<script>alert(1)</script>\u202e"',
    });
    await writeEvent(service, id, {
      event: "constructor",
      city: "<b>Vienna</b>",
      userAgent: "<i>".repeat(40),
    });
    await writeEvent(service, id, { event: "<script>alert(2)</script>" });

    const page = await browser.open(PATH);

    const { lines } = said(page, person);
    expect(lines.slice(2, 11)).toEqual([
      "Something else happened",
      "now (<moment>)",
      "Unknown · Unknown",
      "Something else happened",
      "1 second ago (<moment>)",
      expect.stringMatching(/^<b>Vienna<\/b> · (<i>){20}…$/),
      'An API key was made: <script>alert(1)</script> "',
      "2 seconds ago (<moment>)",
      "Unknown · Unknown",
    ]);
    expect(page.elements.filter(({ tag }) => /^(script|b|i)$/.test(tag))).toEqual([]);
    expect(page.source).not.toMatch(/alert\(2\)|\u202e/);
  });

  it("tells fifty at a time, with the way to what is older, and is of this account alone", async () => {
    const { browser, person, id } = await atHome();
    const { id: stranger } = await atHome();
    for (let count = 0; count < 51; count++) {
      await writeEvent(service, id, { event: "key-made", subject: `Key ${count}` });
    }
    await writeEvent(service, stranger, { event: "key-deleted" });

    const newest = await browser.open(PATH);
    const rest = await browser.open(olderThan(newest) ?? "");

    const told = (page: Page) =>
      said(page, person).lines.filter((line) => /^(An API key|Signed|Older)/.test(line));
    expect(told(newest)).toEqual([
      ...Array.from({ length: 50 }, (_, index) => `An API key was made: Key ${50 - index}`),
      "Older",
    ]);
    expect(told(rest)).toEqual(["An API key was made: Key 0", "Signed in"]);
  });

  it.each(["x", "'", "%00", "00000000-0000-7000-8000-00000000000g"])(
    "takes what names no event, %s, for the newest",
    async (before) => {
      const { browser } = await atHome();
      const { status, lines } = await browser.open(`${PATH}?before=${before}`);
      expect(status).toBe(200);
      expect(lines).toContain("Signed in");
    },
  );
});

describe("REL-07: whoever ends sessions is told of it", () => {
  async function told(browser: Browser, person: Person): Promise<string[]> {
    const { lines } = said(await browser.open(PATH), person);
    return lines.slice(2).filter((_, index) => index % 3 === 0);
  }

  it("once for each, under the name that they know, from the page and from a contract alike", async () => {
    const { browser, person } = await atHome();
    const { accessToken } = await signedIn(service, person);
    const [end] = (await browser.open("/account/sessions")).forms.filter(
      ({ action }) => action === "/account/sessions/end",
    );
    await browser.post("/account/sessions/rename", { ...end?.fields, name: "Old laptop" });
    const other = Object.assign(new Browser(service), AT_HOME);
    await other.signIn(person);

    // The newest of three is the other browser's.
    await service.ask("/api/auth/tokens/3", { method: "DELETE", bearer: accessToken });
    passSeconds(1);
    await browser.post("/account/sessions/end", end?.fields ?? {});
    await browser.post("/account/sessions/end", end?.fields ?? {});

    expect((await told(browser, person)).filter((line) => line.startsWith("Signed out"))).toEqual([
      "Signed out: Old laptop",
      "Signed out: Firefox 128, Windows 10",
    ]);
  });

  it("once for all others, and not at all where there were none", async () => {
    const { browser, person } = await atHome();
    await signedIn(service, person);
    const endOthers = async () => {
      const { form } = await browser.open("/account/sessions/elsewhere");
      await browser.submit(form("/account/sessions/elsewhere"));
    };

    await endOthers();
    await endOthers();

    expect((await told(browser, person)).filter((line) => line.startsWith("Signed out"))).toEqual([
      "Signed out everywhere else",
    ]);
  });

  it("once for everything else that is done on these pages", async () => {
    const { browser, person } = await atHome();
    const { csrf = "" } = (await browser.open("/account")).form("/signout").fields;
    const post = (path: string, fields: Record<string, string>) =>
      browser.post(path, { csrf, ...fields });

    await post("/account/keys", { name: "Backup", "profile:read": "on", life: "30" });
    const { key = "" } = (await browser.open("/account/keys")).form("/account/keys/delete").fields;
    await post("/account/keys/delete", { key });
    await post("/account/security/email", { email: "other@example.test" });
    await post("/account/security/password", {
      current_password: person.password,
      password: "an-entirely-other-otter",
    });

    const lines = await told(browser, person);
    expect(lines.toSorted()).toEqual(
      [
        "The password was changed",
        "Another e-mail address was asked for: other@example.test",
        "An API key was deleted: Backup",
        "An API key was made: Backup",
        "Signed in",
        "The account was made",
      ].toSorted(),
    );
  });
});

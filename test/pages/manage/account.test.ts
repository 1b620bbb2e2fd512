import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { AT_HOME, said } from "../../support/account-page.ts";
import { administratorBrowser, personOf, setAccount } from "../../support/administrators.ts";
import { Browser, type Page, readingIn } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import type { Person } from "../../support/people.ts";
import { secondFactorOf } from "../../support/second-factor.ts";
import { startService } from "../../support/service.ts";
import { writeEvent } from "../../support/write-event.ts";

const service = startService();
type Known = Person & { id: string };

beforeEach(stopClock);

const pageOf = ({ id }: Known, below = "") => `/manage/accounts/${id}${below}`;

/** Where a page leads below an account. */
const waysOn = ({ elements }: Page, known: Known) =>
  elements.flatMap(({ attributes: { href = "" } }) =>
    href.startsWith(`${pageOf(known)}/`) ? [href.slice(pageOf(known).length + 1)] : [],
  );

describe("GET /manage/accounts/:accountId", () => {
  it("shows an account as it is, and what can be done to it", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    passSeconds(90);

    const page = await browser.open(pageOf(known));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Account – Latchkey",
      lines: [
        "Account",
        `E-mail address: ${known.email}`,
        "Name: Robin Example",
        "Role: User",
        "Sign-in: Allowed",
        "Password: Set",
        "Two-factor sign-in: Off",
        "Passkeys: None",
        "Made: 1 minute ago (<moment>)",
        `Account id: ${known.id}`,
        "Sessions",
        "Events",
        "What you can do",
        "Mail a link to set a password",
        "End every session",
        "Disable the account",
      ],
    });
    expect(waysOn(page, known)).toEqual([
      "sessions",
      "events",
      "password-reset",
      "sign-out",
      "disable",
    ]);
  });

  it("shows what there is to say of a less usual one", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    await secondFactorOf(service, known);
    await setAccount(known, "disabled_at = ?, must_reset_password = 1, name = NULL", Date.now());
    await setAccount(known, "email_verified_at = NULL");

    const page = await browser.open(pageOf(known));

    expect(said(page, person).lines.slice(1, 8)).toEqual([
      `E-mail address: ${known.email} (not confirmed)`,
      "Name: None",
      "Role: User",
      "Sign-in: Disabled now (<moment>)",
      "Password: Set (has to be changed)",
      "Two-factor sign-in: On, with 8 recovery codes left",
      "Passkeys: None",
    ]);
    expect(waysOn(page, known)).toEqual(["sessions", "events", "second-factor-off", "enable"]);
  });

  it("offers an invitation to an account without a password", async () => {
    const { browser } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?")
      .bind(known.id)
      .run();

    const page = await browser.open(pageOf(known));

    expect(page.lines).toContain("Password: None");
    expect(waysOn(page, known)).toContain("invitation");
  });

  it.each(["admin", "superadmin"] as const)(
    "ADM-03: shows an admin an account that is %s, and offers nothing",
    async (role) => {
      const { browser } = await administratorBrowser(service, "admin");
      const known = await personOf(service, role);

      const page = await browser.open(pageOf(known));

      expect(page.lines).toContain("Only a superadmin may change this account.");
      expect(waysOn(page, known)).toEqual(["sessions", "events"]);
      expect(waysOn(await browser.open(pageOf(known, "/sessions")), known)).toEqual([]);
    },
  );

  it("ADM-04: offers nobody to shut themselves out", async () => {
    const { browser, person } = await administratorBrowser(service);
    const own = { ...person, id: person.id };
    await secondFactorOf(service, person);

    const page = await browser.open(pageOf(own));

    expect(waysOn(page, own)).toEqual(["sessions", "events", "password-reset", "sign-out"]);
  });

  it("WEB-03: shows a hostile name and address as text", async () => {
    const { browser } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    await setAccount(known, "name = ?", '"><script>alert(1)</script>\u202etxt');

    const { source, lines } = await browser.open(pageOf(known));

    expect(lines).toContain('Name: "><script>alert(1)</script> txt');
    expect(source).not.toContain("<script>");
  });

  it("speaks German", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);

    const page = await readingIn("de", () => browser.open(pageOf(known)));

    expect(said(page, person)).toMatchObject({
      title: "Konto – Latchkey",
      lines: expect.arrayContaining(["Anmeldung: Möglich", "Konto sperren"]),
    });
  });
});

describe("GET /manage/accounts/:accountId/sessions", () => {
  it("shows where an account is signed in, and leads to the end of all of it", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    passSeconds(1);
    await Object.assign(new Browser(service), AT_HOME).signIn(known);
    passSeconds(30);

    const page = await browser.open(pageOf(known, "/sessions"));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Sessions – Latchkey",
      lines: [
        "Sessions",
        `Account: ${known.email}`,
        "End every session",
        "Firefox 128 on Windows 10",
        "Browser",
        "Place: Vienna, Austria · Home Net",
        "Last used: 30 seconds ago (<moment>)",
        "First seen: 30 seconds ago (<moment>)",
      ],
    });
    expect(page.forms.map(({ action }) => action)).toEqual(["/signout"]);
  });

  it("says so where there is none", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);

    expect(said(await browser.open(pageOf(known, "/sessions")), person).lines).toEqual([
      "Sessions",
      `Account: ${known.email}`,
      "Nobody is signed in to this account.",
    ]);
  });
});

describe("GET /manage/accounts/:accountId/events", () => {
  it("tells what happened, where, and who did it where it was somebody else", async () => {
    const { browser, person } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    passSeconds(1);
    await Object.assign(new Browser(service), AT_HOME).signIn(known);
    await writeEvent(service, known.id, { event: "impersonation", actorId: person.id });
    await writeEvent(service, known.id, {
      event: "account-disabled",
      actorId: "client:support-desk",
    });
    await writeEvent(service, known.id, { event: "sessions-ended-by-admin", actorId: "" });

    const page = await browser.open(pageOf(known, "/events"));

    const { lines } = said(page, person);
    expect(lines.slice(0, 2)).toEqual(["Events", `Account: ${known.email}`]);
    expect(
      lines.filter((line) => !/ago|now|Somewhere|unknown|Unknown/.test(line)).slice(2, 9),
    ).toEqual([
      "An administrator ended every session",
      "An administrator disabled the account",
      "By client:support-desk",
      "An administrator signed in as this account",
      `By ${person.id}`,
      "Signed in",
      "Vienna, Austria · Firefox 128 on Windows 10",
    ]);
    expect(page.source).toContain(`<a href="/manage/accounts/${person.id}">`);
    expect(page.source).not.toContain('href="/manage/accounts/client:');
  });

  it("goes on page by page, and tells each once", async () => {
    const { browser } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    for (let number = 0; number < 60; number++) {
      await writeEvent(service, known.id, { event: "key-made", subject: `key ${number}` });
    }

    const first = await browser.open(pageOf(known, "/events"));
    const [older = ""] = waysOn(first, known);
    const second = await browser.open(pageOf(known, `/${older}`));

    expect(older).toMatch(/^events\?before=/);
    expect(waysOn(second, known)).toEqual([]);
    const told = [first, second].flatMap(({ lines }) =>
      lines.flatMap((line) => line.match(/key \d+$/) ?? []),
    );
    expect(told).toEqual(Array.from({ length: 60 }, (_, number) => `key ${59 - number}`));
  });

  it("begins at the newest where what it should go on from is no event", async () => {
    const { browser } = await administratorBrowser(service, "admin");
    const known = await personOf(service);
    await writeEvent(service, known.id, { event: "key-made", subject: "Backup" });

    const { status, lines } = await browser.open(pageOf(known, "/events?before=x"));

    expect([status, lines.includes("An API key was made: Backup")]).toEqual([200, true]);
  });
});

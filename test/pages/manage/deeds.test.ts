import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../../src/core/account/account.ts";
import { type Deed, deeds } from "../../../src/pages/manage/deeds.ts";
import { said } from "../../support/account-page.ts";
import { administratorBrowser, personOf, setAccount } from "../../support/administrators.ts";
import { Browser, type Page, readingIn } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { logLines } from "../../support/log-lines.ts";
import type { Person } from "../../support/people.ts";
import { type PostOffice, startPostOffice } from "../../support/post-office.ts";
import { countRows } from "../../support/rows.ts";
import { secondFactorOf } from "../../support/second-factor.ts";

type Known = Person & { id: string };

let office: PostOffice;

beforeEach(() => {
  stopClock();
  office = startPostOffice();
});

const pathOf = ({ id }: Known, deed: Deed) => `/manage/accounts/${id}/${deed}`;

/** Goes to a deed's page and presses its button. */
async function press(browser: Browser, known: Known, deed: Deed): Promise<Page> {
  const path = pathOf(known, deed);
  return browser.submit((await browser.open(path)).form(path));
}

/** Posts what the page would not offer. */
async function force(browser: Browser, known: Known, deed: Deed): Promise<Page> {
  const { csrf = "" } = (await browser.open("/manage")).form("/manage").fields;
  return browser.post(pathOf(known, deed), { csrf });
}

async function isLetIn(browser: Browser): Promise<boolean> {
  return (await browser.open("/account")).status === 200;
}

async function lastEvent({ id }: Known) {
  return env.DB.prepare(
    "SELECT event, actor_id AS actor FROM audit_events WHERE account_id = ? ORDER BY id DESC LIMIT 1",
  )
    .bind(id)
    .first();
}

async function withoutPassword(known: Known): Promise<void> {
  await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?")
    .bind(known.id)
    .run();
}

describe("a deed's page", () => {
  it("says what follows from it and for whom, and does nothing by itself", async () => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    const theirs = new Browser(office);
    await theirs.signIn(known);

    const page = await browser.open(pathOf(known, "disable"));

    expect(said(page, person)).toEqual({
      status: 200,
      title: "Disable the account – Latchkey",
      lines: [
        "Disable the account",
        `Account: ${known.email}`,
        "Nobody can sign in to it any more, and whoever is signed in is out at once, on every device. Its API keys open nothing until it is enabled again.",
        "Disable the account",
      ],
    });
    expect(await isLetIn(theirs)).toBe(true);
  });

  it("is not there where there is no point in it", async () => {
    const { browser } = await administratorBrowser(office, "admin");
    const known = await personOf(office);

    for (const deed of ["enable", "invitation", "second-factor-off"] as const) {
      const { status, location } = await browser.open(pathOf(known, deed));
      expect([status, location]).toEqual([303, `/manage/accounts/${known.id}`]);
    }
  });
});

describe("disable and enable", () => {
  it("shuts the account out at once, and lets it in again", async () => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    const theirs = new Browser(office);
    await theirs.signIn(known);
    passSeconds(1);

    const disabled = await browser.follow(await press(browser, known, "disable"));

    expect(said(disabled, person).lines[0]).toBe("The account is disabled.");
    expect(await isLetIn(theirs)).toBe(false);
    expect(await lastEvent(known)).toEqual({ event: "account-disabled", actor: person.id });
    await expect(theirs.signIn(known)).rejects.toThrow("401");
    passSeconds(1);

    const enabled = await browser.follow(await press(browser, known, "enable"));

    expect(said(enabled, person).lines[0]).toBe("The account is enabled.");
    expect(await lastEvent(known)).toEqual({ event: "account-enabled", actor: person.id });
    expect(await isLetIn(theirs)).toBe(false);
    await theirs.signIn(known);
    expect(await isLetIn(theirs)).toBe(true);
  });
});

describe("the mails", () => {
  it.each([
    ["password-reset", /reset|set/i, "A link to set a password is on its way.", "reset-sent"],
    ["invitation", /set up/i, "An invitation is on its way.", "invitation-sent"],
  ] as const)("%s goes to the account's own address", async (deed, subject, notice, event) => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    if (deed === "invitation") {
      await withoutPassword(known);
    }
    await office.deliver();
    passSeconds(1);

    const done = await browser.follow(await press(browser, known, deed));

    expect(said(done, person).lines[0]).toBe(notice);
    const letters = await office.deliver();
    expect(letters.map(({ to }) => to)).toEqual([known.email]);
    expect(letters[0]?.subject).toMatch(subject);
    expect(done.source).not.toMatch(/token=/);
    expect(await lastEvent(known)).toEqual({ event, actor: person.id });
  });

  it("are not more than a mailbox is sent anyway", async () => {
    const strict = startPostOffice({ MAILS_PER_HOUR: "1" });
    const { browser, person } = await administratorBrowser(strict, "admin");
    const known = await personOf(strict);
    await press(browser, known, "password-reset");

    const refused = await press(browser, known, "password-reset");

    expect(said(refused, person)).toEqual({
      status: 429,
      title: "Error: Mail a link to set a password – Latchkey",
      lines: [
        "Mail a link to set a password",
        expect.stringMatching(/^Too many attempts\. Try again in /),
        "Back to the account",
      ],
    });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("are not sent to an account that is disabled", async () => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    await setAccount(known, "disabled_at = ?", Date.now());
    await office.deliver();

    const refused = await force(browser, known, "password-reset");

    expect([refused.status, said(refused, person).lines[1]]).toEqual([
      409,
      "The account is disabled. Enable it first.",
    ]);
    expect(await office.deliver()).toEqual([]);
  });
});

describe("end every session", () => {
  it("ends them all, and leaves the password", async () => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    const [theirs, elsewhere] = [new Browser(office), new Browser(office)];
    await theirs.signIn(known);
    await elsewhere.signIn(known);
    passSeconds(1);

    const done = await browser.follow(await press(browser, known, "sign-out"));

    expect(said(done, person).lines[0]).toBe("Every session was ended.");
    expect([await isLetIn(theirs), await isLetIn(elsewhere)]).toEqual([false, false]);
    expect(await lastEvent(known)).toEqual({ event: "sessions-ended-by-admin", actor: person.id });
    await theirs.signIn(known);
    expect(await isLetIn(browser)).toBe(true);
  });

  it("of one's own leads to the sign-in page, and back", async () => {
    const { browser, person } = await administratorBrowser(office);

    const done = await press(browser, person, "sign-out");
    const { status, location } = await browser.follow(done);

    expect(done.status).toBe(303);
    expect({ status, location }).toEqual({
      status: 303,
      location: `/signin?return_to=${encodeURIComponent(`/manage/accounts/${person.id}`)}`,
    });
  });
});

describe("turn two-factor sign-in off", () => {
  it("lets the password be enough, ends every session, and tells the owner", async () => {
    const { browser, person } = await administratorBrowser(office, "admin");
    const known = await personOf(office);
    await secondFactorOf(office, known);
    await office.deliver();
    passSeconds(1);

    const done = await browser.follow(await press(browser, known, "second-factor-off"));

    expect(said(done, person).lines[0]).toBe("Two-factor sign-in is off.");
    const letters = await office.deliver();
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [known.email, "Two-factor sign-in was turned off"],
    ]);
    expect(await lastEvent(known)).toEqual({ event: "second-factor-removed", actor: person.id });
    const theirs = new Browser(office);
    await theirs.signIn(known);
    expect(await isLetIn(theirs)).toBe(true);
  });
});

/** What may not be done to whom, whatever is posted. */
const refusals: readonly (readonly [
  why: string,
  caller: Role,
  target: Role | "self",
  refused: readonly Deed[],
  status: number,
  says: string,
])[] = [
  [
    "ADM-03: an admin does nothing to an admin",
    "admin",
    "admin",
    Object.keys(deeds) as Deed[],
    403,
    "Your role is not enough for this account.",
  ],
  [
    "ADM-03: an admin does nothing to a superadmin",
    "admin",
    "superadmin",
    Object.keys(deeds) as Deed[],
    403,
    "Your role is not enough for this account.",
  ],
  [
    "ADM-03: an admin does nothing to their own account",
    "admin",
    "self",
    Object.keys(deeds) as Deed[],
    403,
    "Your role is not enough for this account.",
  ],
  [
    "ADM-04: a superadmin neither shuts themselves out nor takes their own second factor",
    "superadmin",
    "self",
    ["disable", "second-factor-off"],
    409,
    "Nobody may do that to their own account here.",
  ],
];

describe.each(refusals)("%s", (_, role, whom, refused, status, says) => {
  it.each(refused)("%s", async (deed) => {
    const { browser, person } = await administratorBrowser(office, role);
    const known = whom === "self" ? person : await personOf(office, whom);
    const theirs = new Browser(office);
    await theirs.signIn(known);
    await secondFactorOf(office, known);
    await office.deliver();
    const before = await lastEvent(known);
    const log = logLines();

    const page = await force(browser, known, deed);

    expect([page.status, said(page, person).lines.slice(1)]).toEqual([
      status,
      [says, "Back to the account"],
    ]);
    expect(log.take()).toMatch(/"reason":"target_(out_of_reach|is_caller)"/);
    expect(await lastEvent(known)).toEqual(before);
    expect(await office.deliver()).toEqual([]);
    expect(await isLetIn(theirs)).toBe(true);
  });
});

it("ADM-04: of the last two superadmins, who disable each other at once, one stays", async () => {
  const [one, other] = [await administratorBrowser(office), await administratorBrowser(office)];
  const both = [one.person.id, other.person.id] as const;
  await env.DB.prepare(
    "UPDATE accounts SET role = 'user' WHERE role = 'superadmin' AND id NOT IN (?, ?)",
  )
    .bind(...both)
    .run();

  await Promise.all([
    force(one.browser, other.person, "disable"),
    force(other.browser, one.person, "disable"),
  ]);

  expect(await countRows("accounts", "role = 'superadmin' AND disabled_at IS NULL")).toBe(1);
});

it("is refused in German for whoever reads German", async () => {
  const { browser, person } = await administratorBrowser(office);

  const page = await readingIn("de", () => force(browser, person, "disable"));

  expect(said(page, person)).toEqual({
    status: 409,
    title: "Fehler: Konto sperren – Latchkey",
    lines: [
      "Konto sperren",
      "Das kann hier niemand mit dem eigenen Konto tun.",
      "Zurück zum Konto",
    ],
  });
});

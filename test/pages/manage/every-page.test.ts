import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { manageRoutes } from "../../../src/pages/manage/manage-pages.ts";
import { returnTo, signInPath } from "../../../src/pages/sign-in/return-to.ts";
import { said } from "../../support/account-page.ts";
import { administratorBrowser, personOf, setAccount } from "../../support/administrators.ts";
import { Browser, type Page } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { disableAccount } from "../../support/disabled.ts";
import { impersonated } from "../../support/impersonated.ts";
import type { Person } from "../../support/people.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { countRows } from "../../support/rows.ts";
import { startService } from "../../support/service.ts";
import { newTenant } from "../../support/tenants.ts";

/** Nothing is mailed, so that nothing happens by itself. */
const service = startPostOffice();
const TEN_MINUTES = 600;
const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";

const patterns = Object.keys(manageRoutes);
const posts = patterns.filter((path) => isTaken(path, "POST") || isTaken(path, "SENSITIVE"));
const sensitive = patterns.filter((path) => isTaken(path, "SENSITIVE"));

/** Somebody whom nothing may be done to. */
let target: Person & { id: string };
/** Somebody who may act as an admin, and is signed in. */
let boss: Person & { id: string };

beforeAll(async () => {
  target = await personOf(service);
  ({ person: boss } = await administratorBrowser(service));
});

function isTaken(path: string, method: "GET" | "POST" | "SENSITIVE"): boolean {
  return manageRoutes[path]?.[method] !== undefined;
}

function at(pattern: string, id = target.id): string {
  return pattern.replace(":accountId", id);
}

/** The token of this browser's forms. */
async function tokenOf(browser: Browser): Promise<string> {
  return (await browser.open("/account")).form("/signout").fields.csrf ?? "";
}

/** Everything about an account that a deed changes. */
function stateOf({ id }: { id: string }) {
  return env.DB.prepare(
    `SELECT disabled_at, updated_at,
      (SELECT count(*) FROM sessions WHERE account_id = ?1 AND revoked_at IS NULL) AS sessions,
      (SELECT count(*) FROM audit_events WHERE account_id = ?1) AS events
      FROM accounts WHERE id = ?1`,
  )
    .bind(id)
    .first();
}

describe("who is not signed in", () => {
  it.each(patterns)("is led from %s to the sign-in page, and back", async (pattern) => {
    const path = at(pattern);

    const { status, location } = await new Browser(service).open(path);

    expect({ status, location }).toEqual({ status: 303, location: signInPath(path) });
    expect(returnTo(path)).toBe(path);
  });

  it.each(posts)("posts nothing to %s", async (pattern) => {
    const { status, location } = await new Browser(service).post(at(pattern), { csrf: "x" });

    expect({ status, location }).toEqual({ status: 303, location: signInPath(at(pattern)) });
  });
});

/** Everybody to whom these pages are closed, and what they are told. */
const closedTo: Readonly<
  Record<
    string,
    { role: "user" | "admin" | "superadmin"; says: string; make(who: Person): Promise<unknown> }
  >
> = {
  "who administers nothing": {
    role: "user",
    says: "You are signed in as somebody who administers no accounts here. If another account of yours does, sign out and come back with it.",
    make: async () => undefined,
  },
  "an administrator who has to change their password first": {
    role: "superadmin",
    says: "Your password has to be changed before you can go on here.",
    make: (who) => setAccount(who, "must_reset_password = 1"),
  },
  "somebody who is signed in as an administrator": {
    role: "admin",
    says: "An administrator is signed in as this account. That is enough to see the profile and change it, and for nothing else.",
    make: (who) => impersonated(who, boss),
  },
  "an administrator who was one": {
    role: "admin",
    says: "You are signed in as somebody who administers no accounts here. If another account of yours does, sign out and come back with it.",
    make: (who) => setAccount(who, "role = 'user'"),
  },
};

describe.each(Object.entries(closedTo))("ADM-01: %s", (_, { role, says, make }) => {
  let browser: Browser;
  let person: Person;
  let csrf: string;

  beforeAll(async () => {
    ({ browser, person } = await administratorBrowser(service, role));
    csrf = (await browser.open("/account/profile")).form("/signout").fields.csrf ?? "";
    await make(person);
  });

  function expectClosed(page: Page, path: string) {
    const { status, title, lines } = said(page, person);
    expect({ status, title, lines: lines.slice(0, 2) }).toEqual({
      status: 403,
      title: "For administrators – Latchkey",
      lines: ["For administrators", says],
    });
    expect(page.form("/signout").fields.return_to).toBe(path);
    expect(page.source).not.toContain(target.email);
  }

  it.each(patterns)("is not let in at %s", async (pattern) => {
    expectClosed(await browser.open(at(pattern)), at(pattern));
  });

  it.each(patterns)("hears at %s the same of an account that there is not", async (pattern) => {
    const path = at(pattern, UUID);

    expectClosed(await browser.open(path), path);
  });

  it.each(posts)("posts nothing to %s", async (pattern) => {
    const before = await stateOf(target);

    expectClosed(await browser.post(at(pattern), { csrf, prefix: "p-" }), at(pattern));

    expect(await stateOf(target)).toEqual(before);
  });

  it.each(sensitive)("hears that at %s and is not sent to sign in anew for it", async (pattern) => {
    stopClock();
    passSeconds(TEN_MINUTES + 1);

    expectClosed(await browser.open(at(pattern)), at(pattern));
  });

  it("is not shown the way there", async () => {
    expect((await browser.open("/account")).source).not.toContain('href="/manage"');
  });
});

it("who comes with the wrong account signs out, and comes back with the right one", async () => {
  const { browser } = await administratorBrowser(service, "user");
  const { email, password } = await personOf(service, "admin");
  const { form } = await browser.open("/manage");
  const signedOut = await browser.follow(await browser.submit(form("/signout")));

  const back = await browser.follow(
    await browser.submit(signedOut.form("/signin"), { email, password }),
  );

  expect([back.status, back.title]).toEqual([200, "Accounts – Latchkey"]);
});

describe.each(["admin", "superadmin"] as const)("%s", (role) => {
  it("is shown the way there on their own account's page", async () => {
    const { browser } = await administratorBrowser(service, role);

    expect((await browser.open("/account")).source).toContain('<a href="/manage">');
    expect((await browser.open("/manage")).status).toBe(200);
  });

  it("is out at once when disabled", async () => {
    const { browser, person } = await administratorBrowser(service, role);
    await disableAccount(person.email);

    expect((await browser.open("/manage")).location).toBe("/signin?return_to=%2Fmanage");
  });
});

describe("an account of another tenant", () => {
  it.each(patterns.filter((pattern) => pattern.includes(":")))(
    "ADM-01: is unknown at %s, as one that there never was",
    async (pattern) => {
      const { browser, person } = await administratorBrowser(service);
      const { tenantId } = await newTenant();
      const stranger = await personOf(service);
      await setAccount(stranger, "tenant_id = ?", tenantId);
      const csrf = await tokenOf(browser);
      const unknown = {
        status: 404,
        title: "There is no such account – Latchkey",
        lines: ["There is no such account", "It may have been removed.", "Search for another"],
      };
      const before = await stateOf(stranger);

      for (const id of [stranger.id, UUID, "x", "%00", "..%2f"]) {
        expect(said(await browser.open(at(pattern, id)), person)).toEqual(unknown);
        if (posts.includes(pattern)) {
          expect(said(await browser.post(at(pattern, id), { csrf }), person)).toEqual(unknown);
        }
      }
      expect(await stateOf(stranger)).toEqual(before);
    },
  );
});

describe("a form's token", () => {
  it.each(posts)(
    "SES-07: has to be the one that was handed to this session: %s",
    async (pattern) => {
      const { browser } = await administratorBrowser(startService());
      const { browser: stranger } = await administratorBrowser(startService());
      const own = await tokenOf(browser);
      const before = await stateOf(target);
      const wrong = {
        missing: undefined,
        empty: "",
        "of another administrator": await tokenOf(stranger),
        "with its end changed": own.slice(0, -1) + (own.endsWith("A") ? "B" : "A"),
        "the cookie itself": browser.cookies.get("latchkey"),
      };

      for (const [what, csrf] of Object.entries(wrong)) {
        const page = await browser.post(at(pattern), csrf === undefined ? {} : { csrf });
        expect({ what, status: page.status, title: page.title }).toEqual({
          what,
          status: 403,
          title: "This form is from an earlier sign-in – Latchkey",
        });
      }
      expect(await stateOf(target)).toEqual(before);
    },
  );
});

describe("SES-07: another site", () => {
  it.each(posts)("cannot post to %s, whatever it knows", async (pattern) => {
    const { browser } = await administratorBrowser(startService());
    const csrf = await tokenOf(browser);
    const before = await stateOf(target);
    const from = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

    const { status, title } = await browser.post(at(pattern), { csrf }, from);

    expect([status, title]).toEqual([403, "That form is not from this page – Latchkey"]);
    expect(await stateOf(target)).toEqual(before);
  });
});

describe("ADM-02: a sign-in that is older than ten minutes", () => {
  it.each(sensitive)("is not enough for %s, nor to see its form", async (pattern) => {
    stopClock();
    const { browser } = await administratorBrowser(startService());
    const csrf = await tokenOf(browser);
    passSeconds(TEN_MINUTES + 1);
    const before = await stateOf(target);

    const answers = [await browser.open(at(pattern)), await browser.post(at(pattern), { csrf })];

    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, signInPath(at(pattern))],
      [303, signInPath(at(pattern))],
    ]);
    expect(await stateOf(target)).toEqual(before);
  });

  it.each(patterns.filter((path) => !sensitive.includes(path)))(
    "is enough to look at %s",
    async (pattern) => {
      stopClock();
      const { browser } = await administratorBrowser(startService());
      passSeconds(TEN_MINUTES + 1);

      expect((await browser.open(at(pattern))).status).toBe(200);
    },
  );

  it("is asked for by every form but the search", () => {
    expect(posts.filter((path) => !sensitive.includes(path))).toEqual(["/manage"]);
  });

  it("is made good by signing in again, which leads back", async () => {
    stopClock();
    const { browser, person } = await administratorBrowser(startService());
    passSeconds(TEN_MINUTES + 1);
    const { location } = await browser.open(`/manage/accounts/${target.id}/disable`);

    const { form, title } = await browser.open(location ?? "");
    const { email, password } = person;
    const back = await browser.follow(await browser.submit(form("/signin"), { email, password }));

    expect(title).toBe("Confirm that it is you – Latchkey");
    expect([back.status, back.title]).toEqual([200, "Disable the account – Latchkey"]);
  });
});

it("whoever asks too often is told to wait, before anything is looked for", async () => {
  const { browser } = await administratorBrowser(service);
  const fenced = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });

  const { status, headers } = await browser.copy(fenced).open(`/manage/accounts/${target.id}`);

  expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
});

it("looking at an account writes nothing down in its log", async () => {
  const { browser } = await administratorBrowser(service);
  const before = await countRows("audit_events", "account_id = ?", target.id);

  for (const pattern of patterns) {
    await browser.open(at(pattern));
  }

  expect(await countRows("audit_events", "account_id = ?", target.id)).toBe(before);
});

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { accountRoutes } from "../../../src/pages/account/account-pages.ts";
import { said } from "../../support/account-page.ts";
import { alterAccount } from "../../support/alter-account.ts";
import { delayCall } from "../../support/break-calls.ts";
import { type Browser, readingIn, signedInBrowser } from "../../support/browser.ts";
import { impersonated } from "../../support/impersonated.ts";
import { type Person, registered, signedIn } from "../../support/people.ts";
import { startService } from "../../support/service.ts";

const service = startService();

const MUST_CHANGE = "Your password has to be changed before you can go on here.";
const ADMINISTRATOR =
  "An administrator is signed in as this account. That is enough to see the profile and change it, and for nothing else.";

/** What each may see and use all the same. */
const open: Record<string, readonly string[]> = {
  [MUST_CHANGE]: [
    "/account",
    "/account/profile",
    "/account/security",
    "/account/security/password",
  ],
  [ADMINISTRATOR]: ["/account", "/account/profile"],
};

const visitors: Record<string, () => Promise<{ browser: Browser; person: Person }>> = {
  async [MUST_CHANGE]() {
    const { browser, person } = await signedInBrowser(service);
    await alterAccount(person, { mustResetPassword: true });
    return { browser, person };
  },

  /** As it would be if somebody began to impersonate on a page. */
  async [ADMINISTRATOR]() {
    const administrator = await registered(service);
    await signedIn(service, administrator);
    const { browser, person } = await signedInBrowser(service);
    await alterAccount(administrator, { role: "admin" });
    await impersonated(person, administrator);
    return { browser, person };
  },
};

describe.each(Object.keys(visitors))("where %s", (why) => {
  let browser: Browser;
  let person: Person;
  let csrf: string;

  beforeAll(async () => {
    ({ browser, person } = await (visitors[why] as () => ReturnType<typeof signedInBrowser>)());
    csrf = (await browser.open("/account/profile")).form("/signout").fields.csrf ?? "";
  });

  const shown = Object.keys(accountRoutes).filter((path) => accountRoutes[path]?.GET);
  const posted = Object.keys(accountRoutes).filter(
    (path) => accountRoutes[path]?.POST || accountRoutes[path]?.SENSITIVE,
  );

  it.each(shown)("%s is open, or says why it is not and leads on", async (path) => {
    const page = await browser.open(path);

    const { status, lines } = said(page, person);
    const isOpen = open[why]?.includes(path);
    expect({ path, status, saysWhy: lines.includes(why) }).toEqual({
      path,
      status: isOpen ? 200 : 403,
      saysWhy: !isOpen || path === "/account",
    });
    if (!isOpen) {
      expect(lines.slice(1)).toEqual([
        why,
        why === MUST_CHANGE ? "Change your password" : "See the profile",
      ]);
    }
  });

  it.each(posted)("a form for %s is answered in words and changes nothing", async (path) => {
    const before = await stateOf(person);

    const page = await browser.post(path, { csrf, ...everyField });

    expect([303, 400, 401, 403]).toContain(page.status);
    if (path !== "/account/profile") {
      expect(await stateOf(person)).toEqual(before);
    }
  });

  it("the profile can be changed", async () => {
    const { status } = await browser.post("/account/profile", { csrf, name: "Somebody Else" });

    expect(status).toBe(303);
  });
});

it("an account whose password has to be changed is let in everywhere once it is", async () => {
  const { browser, person } = await (
    visitors[MUST_CHANGE] as () => ReturnType<typeof signedInBrowser>
  )();
  const path = "/account/security/password";
  const { form } = await browser.open(path);

  await browser.submit(form(path), {
    current_password: person.password,
    password: "an-entirely-other-otter",
  });

  expect((await browser.open("/account/sessions")).status).toBe(200);
});

it("who is signed out while their form is on its way signs in again, and nothing is changed", async () => {
  const { browser, person } = await signedInBrowser(service);
  const { csrf } = (await browser.open("/account/profile")).form("/signout").fields;
  const before = await stateOf(person);

  // The session is found by the first call, and asked for again by the second, which would write.
  const [{ status, location }] = await delayCall(
    1,
    () => browser.post("/account/profile", { csrf: csrf ?? "", name: "Somebody Else" }),
    async () =>
      env.DB.prepare(
        "UPDATE sessions SET revoked_at = 1 WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
      )
        .bind(person.email)
        .run(),
  );

  expect([status, location]).toEqual([303, "/signin?return_to=%2Faccount%2Fprofile"]);
  expect(await stateOf(person)).toEqual({ ...before, sessions: 0 });
});

it("is said in German", async () => {
  const { browser, person } = await (
    visitors[MUST_CHANGE] as () => ReturnType<typeof signedInBrowser>
  )();

  const page = await readingIn("de", () => browser.open("/account/activity"));

  expect(said(page, person)).toEqual({
    status: 403,
    title: "Aktivität – Latchkey",
    lines: [
      "Aktivität",
      "Bevor es hier weitergeht, müssen Sie Ihr Passwort ändern.",
      "Passwort ändern",
    ],
  });
});

/** Enough for any form to be taken, were it allowed. */
const everyField = {
  name: "Backup",
  "profile:read": "on",
  life: "30",
  email: "other@example.test",
  current_password: "not-the-current-one",
  password: "an-entirely-other-otter",
  code: "123456",
  session: "x",
  key: "x",
};

async function stateOf({ email }: Person) {
  const own = "account_id = (SELECT id FROM accounts WHERE email = ?1)";
  return env.DB.prepare(
    `SELECT email, name, (SELECT hash FROM passwords WHERE ${own}) AS password,
      (SELECT count(*) FROM keys WHERE ${own}) AS keys,
      (SELECT count(*) FROM second_factors WHERE ${own}) AS second_factors,
      (SELECT count(*) FROM email_changes WHERE ${own}) AS email_changes,
      (SELECT count(*) FROM sessions WHERE ${own} AND revoked_at IS NULL) AS sessions
      FROM accounts WHERE email = ?1`,
  )
    .bind(email)
    .first();
}

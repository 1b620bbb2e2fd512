import { describe, expect, it } from "vitest";
import { accountRoutes } from "../../../src/pages/account/account-pages.ts";
import { returnTo, signInPath } from "../../../src/pages/sign-in/return-to.ts";
import { Browser, signedInBrowser } from "../../support/browser.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { startService } from "../../support/service.ts";

const service = startService();
const TEN_MINUTES = 600;

const paths = Object.keys(accountRoutes);
const posts = paths.filter((path) => isTaken(path, "POST") || isTaken(path, "SENSITIVE"));
const sensitive = paths.filter((path) => isTaken(path, "SENSITIVE"));

function isTaken(path: string, method: "GET" | "POST" | "SENSITIVE"): boolean {
  return accountRoutes[path]?.[method] !== undefined;
}

/** The page at a path, or the one above it that shows its form. */
function pageOf(path: string): string {
  return isTaken(path, "GET") ? path : path.slice(0, path.lastIndexOf("/"));
}

/** The token of this browser's forms. */
async function tokenOf(browser: Browser): Promise<string> {
  return (await browser.open("/account")).form("/signout").fields.csrf ?? "";
}

describe("who is not signed in", () => {
  it.each(paths)("is led from %s to the sign-in page, and back", async (path) => {
    const { status, location } = await new Browser(service).open(path);

    expect({ status, location }).toEqual({ status: 303, location: signInPath(pageOf(path)) });
    expect(returnTo(pageOf(path))).toBe(pageOf(path));
  });

  it.each(posts)("posts nothing to %s", async (path) => {
    const { status, location } = await new Browser(service).post(path, { csrf: "x" });

    expect({ status, location }).toEqual({ status: 303, location: signInPath(pageOf(path)) });
  });
});

describe("a form's token", () => {
  it.each(posts)("SES-07: has to be the one that was handed to this session: %s", async (path) => {
    const { browser, person } = await signedInBrowser(startService());
    const { browser: earlier } = await signedInBrowser(startService(), person);
    const { browser: stranger } = await signedInBrowser(startService());
    const own = await tokenOf(browser);
    const wrong = {
      missing: undefined,
      empty: "",
      "of another person": await tokenOf(stranger),
      "of the same person's other session": await tokenOf(earlier),
      "with its end changed": own.slice(0, -1) + (own.endsWith("A") ? "B" : "A"),
      "the cookie itself": browser.cookies.get("latchkey"),
    };

    for (const [what, csrf] of Object.entries(wrong)) {
      const { status, lines } = await browser.post(path, csrf === undefined ? {} : { csrf });
      expect({ what, status, lines: lines.slice(0, 3) }).toEqual({
        what,
        status: 403,
        lines: [
          "This form is from an earlier sign-in",
          "Nothing was changed. Open the page again and fill in its form once more.",
          "Open the page again",
        ],
      });
    }
  });
});

describe("SES-07: another site", () => {
  it.each(posts)("cannot post to %s, whatever it knows", async (path) => {
    const { browser } = await signedInBrowser(startService());
    const csrf = await tokenOf(browser);
    const from = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

    const { status, title } = await browser.post(path, { csrf }, from);

    expect([status, title]).toEqual([403, "That form is not from this page – Latchkey"]);
  });
});

describe("SES-06: a sign-in that is older than ten minutes", () => {
  it.each(sensitive)("is not enough for %s, nor to see its form", async (path) => {
    stopClock();
    const { browser } = await signedInBrowser(startService());
    const csrf = await tokenOf(browser);
    passSeconds(TEN_MINUTES + 1);

    const answers = [await browser.open(path), await browser.post(path, { csrf })];

    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, signInPath(pageOf(path))],
      [303, signInPath(pageOf(path))],
    ]);
  });

  it.each(paths.filter((path) => !sensitive.includes(path)))(
    "is enough to look at %s",
    async (path) => {
      stopClock();
      const { browser } = await signedInBrowser(startService());
      passSeconds(TEN_MINUTES + 1);

      const { status, location } = await browser.open(path);

      expect([status, location]).toEqual(isTaken(path, "GET") ? [200, null] : [303, pageOf(path)]);
    },
  );

  it("is asked for by every form but these", () => {
    expect(posts.filter((path) => !sensitive.includes(path))).toEqual([
      "/account/profile",
      "/account/security/email/again",
      "/account/sessions/end",
      "/account/sessions/rename",
      "/account/sessions/elsewhere",
    ]);
  });

  it("SES-02: is made good by signing in again, which leads back and ends the old one", async () => {
    stopClock();
    const { browser, person } = await signedInBrowser(startService());
    const stale = browser.copy();
    passSeconds(TEN_MINUTES + 1);
    const { location } = await browser.open("/account/security/password");

    const { form } = await browser.open(location ?? "");
    const { email, password } = person;
    const back = await browser.follow(await browser.submit(form("/signin"), { email, password }));

    expect([back.status, back.title]).toEqual([200, "Change your password – Latchkey"]);
    expect((await stale.open("/account")).status).toBe(303);
  });
});

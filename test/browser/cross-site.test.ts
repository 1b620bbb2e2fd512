import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { issuer } from "../live/support/issuer.ts";
import { newPerson } from "../live/support/person.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { serveSite } from "./support/serve-site.ts";
import { signIn } from "./support/sign-in.ts";
import { startDevice } from "./support/start-device.ts";

/** What a browser says of a frame that it leaves empty. */
const FRAMED = /frame-ancestors|ERR_BLOCKED_BY_RESPONSE/;

/** A page that posts to Latchkey whatever it likes, once somebody clicks. */
function forgery(path: string, fields: Readonly<Record<string, string>>) {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  );
  return serveSite(
    `<form method="post" action="${issuer}${path}">${inputs.join("")}<button>Win</button></form>`,
  );
}

async function isPending(page: Page, userCode: string): Promise<boolean> {
  await openPath(page, "/device");
  await sendForm(page, { user_code: userCode });
  return page.locator("button[value=approve]").isVisible();
}

for (const from of ["origin", "neighbour"] as const) {
  const where = from === "origin" ? "another site" : "another port of our own host";

  test(
    `a form on ${where} approves no device`,
    inBrowser(async (open) => {
      const { userCode } = await startDevice();
      const site = await forgery("/device", { user_code: userCode, decision: "approve" });
      const page = await open({ leadsTo: [site[from]] });
      await signIn(page, await newPerson());

      await openPath(page, site[from]);
      const answer = await following(page, () => page.getByRole("button").click());

      assert.equal(answer.status(), 403);
      assert.match(await page.locator("main").innerText(), /Nothing was changed/);
      assert.equal(await isPending(page, userCode), true);
    }),
  );

  test(
    `a form on ${where} signs nobody in to a stranger's account, and nobody out`,
    inBrowser(async (open) => {
      const { email, password } = await newPerson();
      const [signingIn, signingOut] = await Promise.all([
        forgery("/signin", { email, password }),
        forgery("/signout", {}),
      ]);
      const page = await open({ leadsTo: [signingIn[from], signingOut[from]] });
      await openPath(page, signingIn[from]);
      const refused = await following(page, () => page.getByRole("button").click());
      assert.equal(refused.status(), 403);
      assert.deepEqual(await page.context().cookies(), []);

      await signIn(page, { email, password });
      await openPath(page, signingOut[from]);
      await following(page, () => page.getByRole("button").click());
      await openPath(page, "/device");
      assert.equal(new URL(page.url()).pathname, "/device");
    }),
  );
}

test(
  "a link on another site fills in a code and no more, so that it uses up no guesses",
  inBrowser(async (open) => {
    const { link, userCode } = await startDevice();
    const site = await serveSite(`<a href="${link}">Free films</a>`);
    const page = await open({ leadsTo: [site.origin] });
    await signIn(page, await newPerson());
    await openPath(page, site.origin);
    await following(page, () => page.getByRole("link").click());
    assert.equal(await page.locator("[name=user_code]").inputValue(), userCode);
    assert.equal(await page.locator("button[value=approve]").count(), 0);
  }),
);

test(
  "a form of an earlier sign-in in this browser decides nothing",
  inBrowser(async (open) => {
    const { userCode, link } = await startDevice();
    const page = await open();
    await signIn(page, await newPerson());
    await openPath(page, link);
    const other = await page.context().newPage();
    const { email, password } = await newPerson();
    await openPath(other, "/signin");
    await other.getByText("Sign in as somebody else").click();
    await sendForm(other, { email, password });

    const answer = await sendForm(page, { compared: true }, "button[value=approve]");

    assert.equal(answer.status(), 403);
    assert.equal(await isPending(other, userCode), true);
  }),
);

test(
  "a form with the token of somebody else decides nothing",
  inBrowser(async (open) => {
    const { userCode, link } = await startDevice();
    const [attacker, page] = await Promise.all([open(), open()]);
    await Promise.all([signIn(attacker, await newPerson()), signIn(page, await newPerson())]);
    await openPath(attacker, "/device");
    const foreign = await attacker.locator("form[action='/device'] [name=csrf]").inputValue();
    await openPath(page, link);
    await page
      .locator("form[action='/device'] [name=csrf]")
      .evaluate((field: HTMLInputElement, token) => field.setAttribute("value", token), foreign);

    const answer = await sendForm(page, { compared: true }, "button[value=approve]");

    assert.equal(answer.status(), 403);
    assert.equal(await isPending(page, userCode), true);
  }),
);

test(
  "no site shows our pages in a frame",
  inBrowser(async (open) => {
    const site = await serveSite(`<iframe src="${issuer}/signin" title="framed"></iframe>`);
    const page = await open({ leadsTo: [site.origin], stopped: FRAMED });
    await openPath(page, site.origin);
    assert.equal(await page.frameLocator("iframe").locator("main").count(), 0);
  }),
);

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson } from "../live/support/person.ts";
import { administrator, ageSignIns } from "./support/administrator.ts";
import { inBrowser } from "./support/in-browser.ts";
import { mailedLink } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { tabTo } from "./support/tab-to.ts";

const pathOf = (page: Page) => new URL(page.url()).pathname;
const follow = (page: Page, name: string) =>
  following(page, () => page.getByRole("link", { name, exact: true }).click());

test(
  "an administrator finds somebody, shuts them out and lets them in again",
  inBrowser(async (open) => {
    const person = await newPerson();
    const theirs = await open({ device: "phone" });
    await signIn(theirs, person);
    const page = await open();
    await signIn(page, await administrator());
    await openPath(page, "/account");
    await follow(page, "Administer accounts");
    await sendForm(page, { prefix: person.email });
    assert.equal(page.url().includes(person.email), false);
    await follow(page, person.email);
    assert.equal(pathOf(page), `/manage/accounts/${person.id}`);

    await follow(page, "Disable the account");
    await sendForm(page);

    assert.equal(await page.getByRole("status").innerText(), "The account is disabled.");
    await openPath(theirs, "/account");
    assert.equal(pathOf(theirs), "/signin");
    assert.equal((await signIn(theirs, person)).status(), 401);

    await follow(page, "Enable the account");
    await sendForm(page);

    assert.equal(await page.getByRole("status").innerText(), "The account is enabled.");
    assert.equal((await signIn(theirs, person)).status(), 200);
    await follow(page, "Events");
    const admin = await administrator();
    assert.match(await page.locator("main").innerText(), /An administrator enabled the account/);
    assert.match(await page.locator("main").innerText(), new RegExp(`By ${admin.id}`));
  }),
);

test(
  "an administrator ends somebody's sessions and has a link to set a password mailed",
  inBrowser(async (open) => {
    const person = await newPerson();
    const theirs = await open();
    await signIn(theirs, person);
    const page = await open({ device: "phone" });
    await signIn(page, await administrator());
    await openPath(page, `/manage/accounts/${person.id}/sessions`);
    await following(page, () => page.getByRole("link", { name: "End every session" }).tap());
    await sendForm(page);
    await openPath(theirs, "/account");
    assert.equal(pathOf(theirs), "/signin");
    await openPath(page, `/manage/accounts/${person.id}/password-reset`);
    await sendForm(page);

    await openPath(theirs, await mailedLink(person.email, "/reset"));
    await sendForm(theirs, { password: "seven quiet herons" });

    const { email } = person;
    const again = await signIn(theirs, { email, password: "seven quiet herons" });
    assert.equal(again.status(), 200);
  }),
);

test(
  "whoever is no administrator is told so, and comes back as one who is",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open();
    await openPath(page, "/manage");
    assert.equal(pathOf(page), "/signin");
    const closed = await sendForm(page, { email, password });
    assert.equal(closed.status(), 403);
    assert.equal(pathOf(page), "/manage");
    await openPath(page, "/account");
    assert.equal(await page.getByRole("link", { name: "Administer accounts" }).count(), 0);

    await openPath(page, "/manage");
    await sendForm(page, {}, "form[action='/signout'] button");
    const boss = await administrator();
    await sendForm(page, { email: boss.email, password: boss.password });

    assert.equal(await page.title(), "Accounts – Latchkey");
  }),
);

test(
  "a deed takes a sign-in of the last ten minutes, which leads back to it",
  inBrowser(async (open) => {
    const { id } = await newPerson();
    const boss = await administrator();
    const page = await open();
    await signIn(page, boss);
    await ageSignIns(boss);
    await openPath(page, `/manage/accounts/${id}`);
    assert.equal(pathOf(page), `/manage/accounts/${id}`);
    await follow(page, "Disable the account");
    assert.equal(pathOf(page), "/signin");

    await sendForm(page, { password: boss.password });

    assert.equal(pathOf(page), `/manage/accounts/${id}/disable`);
    await sendForm(page);
    assert.equal(await page.getByRole("status").innerText(), "The account is disabled.");
  }),
);

test(
  "by keyboard alone an administrator finds somebody and disables them",
  inBrowser(async (open) => {
    const { id, email } = await newPerson();
    const page = await open();
    const { keyboard } = page;
    await signIn(page, await administrator());
    await openPath(page, "/manage");
    await tabTo(page, "[name=prefix]");
    await keyboard.type(email);
    await following(page, () => keyboard.press("Enter"));
    await tabTo(page, `a[href$='${id}']`);
    await following(page, () => keyboard.press("Enter"));
    await tabTo(page, "a[href$='/disable']");
    await following(page, () => keyboard.press("Enter"));
    await tabTo(page, "main form:not([action='/signout']) button");
    await following(page, () => keyboard.press("Space"));
    assert.equal(await page.getByRole("status").innerText(), "The account is disabled.");
  }),
);

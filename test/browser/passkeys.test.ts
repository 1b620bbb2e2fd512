import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson } from "../live/support/person.ts";
import { addPasskey } from "./support/add-passkey.ts";
import { addAuthenticator } from "./support/authenticator.ts";
import { inBrowser } from "./support/in-browser.ts";
import { leaveOffersAlone } from "./support/leave-offers-alone.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { somebodyWithPasskey } from "./support/somebody-with-passkey.ts";
import { startDevice } from "./support/start-device.ts";

const WITH_PASSKEY = "form[data-passkey=get] button";

/** Forgets who is signed in, as after a day. */
const forget = (page: Page) => page.context().clearCookies();

test(
  "a passkey is added under a name, and signs in from where the address is typed",
  inBrowser(async (open) => {
    const page = await open({ device: "phone", javaScript: true });
    const authenticator = await addAuthenticator(page);
    const person = await newPerson();
    await signIn(page, person);
    await addPasskey(page, "My phone");
    assert.equal(await page.getByRole("heading", { name: "My phone" }).count(), 1);
    assert.equal(await authenticator.count(), 1);

    await forget(page);
    await page.goto("/signin", { waitUntil: "commit" });
    await page.waitForURL("**/account");
    assert.match(await page.locator("main").innerText(), new RegExp(person.email));
  }),
);

test(
  "a passkey signs in by its button, without a second factor where there is one, and leads on",
  inBrowser(async (open) => {
    const page = await open({ device: "phone", javaScript: true });
    await somebodyWithPasskey(page, "My phone");
    await forget(page);
    const { link, userCode } = await startDevice();

    await leaveOffersAlone(page);
    await openPath(page, link);
    await following(page, () => page.locator(WITH_PASSKEY).tap());

    assert.equal(await page.getByText(userCode, { exact: true }).isVisible(), true);
  }),
);

test(
  "a passkey stands in for the code of the app after a password",
  inBrowser(async (open) => {
    const page = await open({ javaScript: true });
    const person = await somebodyWithPasskey(page, "My laptop");
    await forget(page);

    await leaveOffersAlone(page);
    await signIn(page, person);
    assert.deepEqual(await page.context().cookies(), []);
    await following(page, () => page.locator(WITH_PASSKEY).click());

    assert.equal(new URL(page.url()).pathname, "/account");
  }),
);

test(
  "a passkey is renamed, and opens nothing once it is removed",
  inBrowser(async (open) => {
    const page = await open({ javaScript: true });
    await addAuthenticator(page);
    await signIn(page, await newPerson());
    await addPasskey(page, "My phone");
    await page.getByText("Rename", { exact: true }).click();
    await sendForm(page, { name: "Old phone" }, "form[action$='/rename'] button");
    await following(page, () => page.getByRole("button", { name: "Remove Old phone" }).click());
    assert.match(await page.locator("main").innerText(), /You have no passkeys/);

    await forget(page);
    await leaveOffersAlone(page);
    await openPath(page, "/signin");
    const answer = await following(page, () => page.locator(WITH_PASSKEY).click());
    assert.equal(answer.status(), 401);
    assert.equal(await page.getByRole("alert").count(), 1);
    assert.deepEqual(await page.context().cookies(), []);
  }),
);

test(
  "whoever cannot unlock the device adds no passkey and uses none, and is told what to do",
  inBrowser(async (open) => {
    const page = await open({ javaScript: true });
    const authenticator = await addAuthenticator(page);
    await signIn(page, await newPerson());
    await authenticator.know(false);
    await openPath(page, "/account/passkeys");
    await page.getByLabel("Name").fill("My phone");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("No passkey was made. Try once more when you are ready.").waitFor();
    assert.equal(await authenticator.count(), 0);

    await forget(page);
    await openPath(page, "/signin");
    await page.locator(WITH_PASSKEY).click();
    await page.getByText("No passkey was used. Try once more, or go on another way.").waitFor();
  }),
);

test(
  "a device that keeps a passkey for the account is not asked for another one",
  inBrowser(async (open) => {
    const page = await open({ javaScript: true });
    const authenticator = await addAuthenticator(page);
    await signIn(page, await newPerson());
    await addPasskey(page, "My phone");
    await page.getByLabel("Name", { exact: true }).last().fill("The same phone");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("There is a passkey for your account on this device already.").waitFor();
    assert.equal(await authenticator.count(), 1);
  }),
);

test(
  "without JavaScript no button for passkeys is there to do nothing",
  inBrowser(async (open) => {
    const page = await open();
    await openPath(page, "/signin");
    assert.equal(await page.locator(WITH_PASSKEY).isVisible(), false);
    await signIn(page, await newPerson());
    await openPath(page, "/account/passkeys");
    assert.equal(await page.getByRole("button", { name: "Add a passkey" }).count(), 0);
    assert.match(await page.locator("main").innerText(), /use a browser that knows passkeys/);
  }),
);

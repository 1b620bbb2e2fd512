import assert from "node:assert/strict";
import { test } from "node:test";
import { TOTP } from "otpauth";
import { newPerson } from "../live/support/person.ts";
import { anEmail } from "./support/an-email.ts";
import { inBrowser } from "./support/in-browser.ts";
import { inMailTo, mailedLink } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { secondFactorOf } from "./support/second-factor.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { wrongCode } from "./support/wrong-code.ts";

const NEW_PASSWORD = "seven quiet herons";
const STEP_MILLISECONDS = 30_000;

const isMailed = (email: string, subject: string) =>
  inMailTo(email, (mail) => mail.subject === subject || undefined);

test(
  "a second factor is set up from the key on the page, with recovery codes, and then asked for",
  inBrowser(async (open) => {
    const person = await newPerson();
    const page = await open({ device: "phone" });
    await signIn(page, person);
    await openPath(page, "/account");
    await following(page, () => page.getByRole("link", { name: "Turn it on" }).tap());
    await sendForm(page);
    assert.equal(await page.getByRole("img").isVisible(), true);
    const secret = (await page.locator(".secret").innerText()).replaceAll(" ", "");
    const app = new TOTP({ secret });
    const confirm = "form[action$='/confirm'] button";
    assert.equal((await sendForm(page, { code: wrongCode(app) }, confirm)).status(), 401);
    assert.equal(
      (await page.locator(".secret").innerText()).replaceAll(" ", ""),
      secret,
      "a wrong code changes the key",
    );

    await sendForm(page, { code: app.generate() }, confirm);
    const codes = await page.locator(".codes li").allInnerTexts();
    assert.equal(new Set(codes).size, 8);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".codes").isVisible(), true);
    assert.equal(await page.locator("h1").isVisible(), false);
    await page.emulateMedia({ media: "screen" });

    const elsewhere = await open();
    await signIn(elsewhere, person);
    assert.deepEqual(await elsewhere.context().cookies(), []);
    await sendForm(elsewhere, {
      code: app.generate({ timestamp: Date.now() + STEP_MILLISECONDS }),
    });
    assert.equal(new URL(elsewhere.url()).pathname, "/account");
    assert.ok(await isMailed(person.email, "Two-factor sign-in was turned on"));
  }),
);

test(
  "a second factor is turned off with the password and a recovery code, and not without",
  inBrowser(async (open) => {
    const person = await newPerson();
    const { email, password } = person;
    const { nextCode, recoveryCodes } = await secondFactorOf(person);
    const [code = ""] = recoveryCodes;
    const page = await open();
    await signIn(page, person);
    await sendForm(page, { code: nextCode() });
    await openPath(page, "/account/security/two-factor-off");
    const refused = await sendForm(page, { password: "not-the-password", code });
    assert.equal(refused.status(), 401);
    await sendForm(page, { password, code });
    assert.equal(await page.getByRole("status").isVisible(), true);
    assert.ok(await isMailed(email, "Two-factor sign-in was turned off"));
  }),
);

test(
  "a new password takes the current one, ends every other sign-in, and its owner is told",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const [page, elsewhere] = await Promise.all([open(), open()]);
    await signIn(elsewhere, { email, password });
    await signIn(page, { email, password });
    await openPath(page, "/account/security/password");
    const wrong = { current_password: "not-the-password", password: NEW_PASSWORD };
    assert.equal((await sendForm(page, wrong)).status(), 401);

    await sendForm(page, { current_password: password, password: NEW_PASSWORD });

    assert.match(await page.getByRole("status").innerText(), /Your password was changed/);
    await openPath(elsewhere, "/account");
    assert.equal(new URL(elsewhere.url()).pathname, "/signin");
    assert.equal((await signIn(elsewhere, { email, password })).status(), 401);
    assert.ok(await isMailed(email, "Your password was changed"));
  }),
);

test(
  "an address changes once the new one is confirmed, and the old one is told",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const newEmail = anEmail();
    const page = await open({ device: "phone" });
    await signIn(page, { email, password });
    await openPath(page, "/account/security/email");
    await sendForm(page, { email: newEmail });
    await openPath(page, "/account");
    assert.match(await page.locator("main").innerText(), new RegExp(email));

    await openPath(page, await mailedLink(newEmail, "/account/email/confirm"));
    await sendForm(page);

    await openPath(page, "/account");
    assert.match(await page.locator("main").innerText(), new RegExp(newEmail));
    assert.ok(await isMailed(email, "Your e-mail address was changed"));
    const elsewhere = await open();
    assert.equal((await signIn(elsewhere, { email, password })).status(), 401);
    assert.equal((await signIn(elsewhere, { email: newEmail, password })).status(), 200);
  }),
);

test(
  "a sign-in elsewhere is named, seen with its place, and ended",
  inBrowser(async (open) => {
    const person = await newPerson();
    const phone = await open({ device: "phone" });
    await signIn(phone, person);
    const page = await open();
    await signIn(page, person);
    await openPath(page, "/account/sessions");
    const entry = page.getByRole("listitem").filter({ hasText: "on Android" }).last();
    assert.match(await entry.innerText(), /Bremen, Germany · Weser Telecom/);
    await entry.getByText("Rename", { exact: true }).click();
    await entry.getByLabel("Name").fill("Red phone");
    await following(page, () => entry.getByRole("button", { name: "Save" }).click());
    await following(page, () => page.getByRole("button", { name: "Sign out Red phone" }).click());
    assert.equal(await page.getByText("Red phone").count(), 0);
    await openPath(phone, "/account");
    assert.equal(new URL(phone.url()).pathname, "/signin");
  }),
);

test(
  "who signs out everywhere else stays signed in here alone",
  inBrowser(async (open) => {
    const person = await newPerson();
    const [page, elsewhere] = await Promise.all([open(), open()]);
    await signIn(elsewhere, person);
    await signIn(page, person);
    await openPath(page, "/account/sessions/elsewhere");
    await sendForm(page);
    assert.equal(new URL(page.url()).pathname, "/account/sessions");
    await openPath(elsewhere, "/account");
    assert.equal(new URL(elsewhere.url()).pathname, "/signin");
  }),
);

test(
  "a key is shown once, works, and is deleted",
  inBrowser(async (open) => {
    const person = await newPerson();
    const page = await open();
    await signIn(page, person);
    await openPath(page, "/account/keys");
    await sendForm(page, { name: "Nightly export" });
    const key = await page.locator("textarea").inputValue();
    const isLetIn = async () => {
      const headers = { "x-planasonix-api-key": key };
      const url = new URL("/api/user/profile", page.url());
      return (await fetch(url, { headers })).status;
    };
    assert.equal(await isLetIn(), 200);
    await openPath(page, "/account/keys");
    assert.equal((await page.content()).includes(key), false);
    await following(page, () =>
      page.getByRole("button", { name: "Delete Nightly export" }).click(),
    );
    assert.equal(await isLetIn(), 401);
    assert.ok(await isMailed(person.email, "An API key was deleted"));
  }),
);

test(
  "the link of a mail that tells of a change gives the account back to its owner",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const [owner, stranger] = await Promise.all([open({ device: "phone" }), open()]);
    await signIn(stranger, { email, password });
    await openPath(stranger, "/account/security/password");
    await sendForm(stranger, { current_password: password, password: NEW_PASSWORD });

    await openPath(owner, await mailedLink(email, "/secure"));
    await sendForm(owner);

    await openPath(stranger, "/account");
    assert.equal(new URL(stranger.url()).pathname, "/signin");
    const again = await signIn(stranger, { email, password: NEW_PASSWORD });
    assert.equal(again.status(), 401);
    await openPath(owner, await mailedLink(email, "/reset"));
    await sendForm(owner, { password: "only mine again now" });
    assert.equal((await signIn(owner, { email, password: "only mine again now" })).status(), 200);
  }),
);

test(
  "whoever is not signed in is led to sign in, and back to the page that was asked for",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open();
    await openPath(page, "/account/security/password");
    assert.equal(new URL(page.url()).pathname, "/signin");
    await sendForm(page, { email, password });
    assert.equal(new URL(page.url()).pathname, "/account/security/password");
  }),
);

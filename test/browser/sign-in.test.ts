import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "../live/support/person.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { secondFactorOf } from "./support/second-factor.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { startDevice } from "./support/start-device.ts";

test(
  "nobody has a cookie before they are signed in, and then has one that scripts cannot read",
  inBrowser(async (open) => {
    const page = await open();
    const context = page.context();
    await openPath(page, "/");
    await openPath(page, "/device");
    await signIn(page, { email: "nobody@example.test", password: "not-the-password" });
    assert.deepEqual(await context.cookies(), []);

    await signIn(page, await newPerson());

    const cookies = await context.cookies();
    assert.deepEqual(
      cookies.map(({ name, path, httpOnly, sameSite }) => ({ name, path, httpOnly, sameSite })),
      [{ name: "latchkey", path: "/", httpOnly: true, sameSite: "Lax" }],
    );
  }),
);

test(
  "the right password leads on to where somebody was going",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const { userCode, link } = await startDevice();
    const page = await open({ device: "phone" });
    await openPath(page, link);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await following(page, () => page.getByRole("button", { name: "Sign in", exact: true }).tap());
    assert.equal(await page.getByText(userCode, { exact: true }).count(), 1);
  }),
);

test(
  "a wrong password is refused in words that tell no account from none, and keeps the address",
  inBrowser(async (open) => {
    const { email } = await newPerson();
    const page = await open();
    const wrong = await signIn(page, { email, password: "not-the-password" });
    const said = await page.getByRole("alert").innerText();
    assert.equal(wrong.status(), 401);
    assert.equal(await page.getByLabel("E-mail address").inputValue(), email);
    assert.equal(await page.getByLabel("Password").inputValue(), "");

    const unknown = await signIn(page, { email: "nobody@example.test", password: "some-password" });
    assert.equal(unknown.status(), 401);
    assert.equal(await page.getByRole("alert").innerText(), said);
  }),
);

test(
  "who fails too often has to wait, with the right password too, and is told how long",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open();
    let answer = await signIn(page, { email, password: "not-the-password" });
    while (answer.status() === 401) {
      answer = await sendForm(page, { password: "not-the-password" });
    }
    assert.equal(answer.status(), 429);
    assert.match(await page.getByRole("alert").innerText(), /Try again in \d+ second/);
    assert.deepEqual(await page.context().cookies(), []);

    const elsewhere = await open();
    assert.equal((await signIn(elsewhere, { email, password })).status(), 200);
  }),
);

test(
  "whoever has a second factor types the code of their app after the password",
  inBrowser(async (open) => {
    const person = await newPerson();
    const { nextCode, wrongCode } = await secondFactorOf(person);
    const page = await open();
    await signIn(page, person);
    assert.deepEqual(await page.context().cookies(), []);
    const wrong = await sendForm(page, { code: wrongCode().replace(/^.../, "$& ") });
    assert.equal(wrong.status(), 401);
    assert.equal(await page.getByRole("alert").count(), 1);
    await sendForm(page, { code: nextCode() });
    assert.equal(new URL(page.url()).pathname, "/account");
  }),
);

test(
  "a recovery code stands in for the app, once",
  inBrowser(async (open) => {
    const person = await newPerson();
    const { recoveryCodes } = await secondFactorOf(person);
    const [code = ""] = recoveryCodes;
    const page = await open();
    await signIn(page, person);
    // As people copy it from paper.
    await sendForm(page, { code: ` ${code.toUpperCase().replace("-", " ")} ` });
    assert.equal(new URL(page.url()).pathname, "/account");

    const elsewhere = await open();
    await signIn(elsewhere, person);
    assert.equal((await sendForm(elsewhere, { code })).status(), 401);
  }),
);

test(
  "who signs out is out on this page and on every other",
  inBrowser(async (open) => {
    const page = await open();
    await signIn(page, await newPerson());
    const other = await page.context().newPage();
    await openPath(other, "/device");

    await sendForm(page, {}, "form[action='/signout'] button");

    assert.equal(new URL(page.url()).pathname, "/signin");
    assert.deepEqual(await page.context().cookies(), []);
    await sendForm(other, { user_code: "BCDF-GHJK" });
    assert.equal(new URL(other.url()).pathname, "/signin");
  }),
);

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "../live/support/person.ts";
import { anEmail } from "./support/an-email.ts";
import { inBrowser } from "./support/in-browser.ts";
import { inMailTo, mailedLink } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { startDevice } from "./support/start-device.ts";

const PASSWORD = "gentle otters swim";

test(
  "who registers on the way to a device confirms the address by mail, signs in and goes on to it",
  inBrowser(async (open) => {
    const email = anEmail();
    const { link, userCode } = await startDevice();
    const page = await open({ device: "phone" });
    await openPath(page, link);
    await following(page, () => page.getByRole("link", { name: "Create an account" }).tap());
    await sendForm(page, { name: "Robin Example", email, password: PASSWORD });
    assert.deepEqual(await page.context().cookies(), []);

    const mail = await page.context().newPage();
    await openPath(mail, await mailedLink(email, "/verify"));
    assert.equal((await sendForm(mail)).status(), 200);
    await mail.close();

    await following(page, () => page.getByRole("link", { name: "Sign in", exact: true }).tap());
    await sendForm(page, { email, password: PASSWORD });
    assert.equal(await page.getByText(userCode, { exact: true }).isVisible(), true);
  }),
);

test(
  "who signs in without having confirmed the address is told so",
  inBrowser(async (open) => {
    const email = anEmail();
    const page = await open();
    await openPath(page, "/register");
    await sendForm(page, { name: "", email, password: PASSWORD });
    await signIn(page, { email, password: PASSWORD });
    assert.match(
      await page.locator("main").innerText(),
      new RegExp(`${email} \\(not confirmed\\)`),
    );
  }),
);

test(
  "an address that has an account gets the same answer, and its owner a mail that says so",
  inBrowser(async (open) => {
    const { email } = await newPerson();
    const page = await open();
    const answers = [];
    for (const address of [email, anEmail()]) {
      await openPath(page, "/register");
      const answer = await sendForm(page, { name: "Robin", email: address, password: PASSWORD });
      const text = await page.locator("body").innerText();
      answers.push([answer.status(), text.replace(address, "…")]);
    }
    assert.deepEqual(answers[0], answers[1]);
    const subject = "You already have an account";
    assert.ok(await inMailTo(email, (mail) => mail.subject === subject || undefined));
  }),
);

test(
  "what is wrong is said above the form, and what was typed is kept but for the password",
  inBrowser(async (open) => {
    const email = anEmail();
    const page = await open();
    await openPath(page, "/register");
    const answer = await sendForm(page, { name: "Robin", email, password: "password" });
    assert.equal(answer.status(), 400);
    assert.match(await page.getByRole("alert").innerText(), /password/i);
    assert.equal(await page.locator("[name=name]").inputValue(), "Robin");
    assert.equal(await page.locator("[name=email]").inputValue(), email);
    assert.equal(await page.locator("[name=password]").inputValue(), "");
  }),
);

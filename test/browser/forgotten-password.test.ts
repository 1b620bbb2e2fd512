import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "../live/support/person.ts";
import { inBrowser } from "./support/in-browser.ts";
import { mailedLink } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";

const NEW_PASSWORD = "seven quiet herons";

test(
  "who forgot a password sets a new one by the mailed link, and every earlier sign-in ends",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const elsewhere = await open();
    await signIn(elsewhere, { email, password });

    const page = await open({ device: "phone" });
    await openPath(page, "/signin");
    await following(page, () => page.getByRole("link", { name: "Forgot your password?" }).tap());
    await sendForm(page, { email });
    await openPath(page, await mailedLink(email, "/reset"));
    assert.equal((await sendForm(page, { password: NEW_PASSWORD })).status(), 200);
    await following(page, () => page.getByRole("link", { name: "Sign in" }).tap());
    await sendForm(page, { email, password: NEW_PASSWORD });

    assert.equal(new URL(page.url()).pathname, "/account");
    await openPath(elsewhere, "/device");
    assert.equal(new URL(elsewhere.url()).pathname, "/signin");
    assert.equal((await signIn(elsewhere, { email, password })).status(), 401);
  }),
);

test(
  "a weak password is refused with why, and the link then still works",
  inBrowser(async (open) => {
    const page = await open();
    const { email } = await newPerson();
    await openPath(page, "/forgot");
    await sendForm(page, { email });
    await openPath(page, await mailedLink(email, "/reset"));
    assert.equal((await sendForm(page, { password: "password" })).status(), 400);
    assert.match(await page.getByRole("alert").innerText(), /^Your password /);
    assert.equal((await sendForm(page, { password: NEW_PASSWORD })).status(), 200);
  }),
);

test(
  "a link works once, and the page after that leads to another one",
  inBrowser(async (open) => {
    const page = await open();
    const { email } = await newPerson();
    await openPath(page, "/forgot");
    await sendForm(page, { email });
    const link = await mailedLink(email, "/reset");
    await openPath(page, link);
    await sendForm(page, { password: NEW_PASSWORD });

    await openPath(page, link);
    assert.equal((await sendForm(page, { password: "another quiet heron" })).status(), 400);
    await following(page, () => page.getByRole("link", { name: "Mail me another link" }).click());
    assert.equal(new URL(page.url()).pathname, "/forgot");
  }),
);

test(
  "an address without an account gets the same answer as one with one",
  inBrowser(async (open) => {
    const page = await open();
    const { email } = await newPerson();
    const answers = [];
    for (const address of [email, "nobody@example.test"]) {
      await openPath(page, "/forgot");
      const answer = await sendForm(page, { email: address });
      answers.push([answer.status(), await page.locator("body").innerText()]);
    }
    assert.deepEqual(answers[0], answers[1]);
  }),
);

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPerson } from "../live/support/person.ts";
import { anEmail } from "./support/an-email.ts";
import { inBrowser } from "./support/in-browser.ts";
import { mailedCode } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { secondFactorOf } from "./support/second-factor.ts";
import { following, sendForm } from "./support/send-form.ts";

test(
  "who has a code mailed signs in with it, without a password",
  inBrowser(async (open) => {
    const { email } = await newPerson();
    const page = await open({ device: "phone" });
    await openPath(page, "/signin");
    await following(page, () => page.getByRole("link", { name: "E-mail me a code" }).tap());
    await sendForm(page, { email });
    const code = await mailedCode(email);
    await sendForm(page, { mailed_code: `${code.slice(0, 3)} ${code.slice(3)}` });
    assert.equal(new URL(page.url()).pathname, "/account");
  }),
);

test(
  "a code works once",
  inBrowser(async (open) => {
    const { email } = await newPerson();
    const [page, elsewhere] = await Promise.all([open(), open()]);
    await openPath(page, "/signin/mail");
    await sendForm(page, { email });
    const code = await mailedCode(email);
    await sendForm(page, { mailed_code: code });
    assert.equal(new URL(page.url()).pathname, "/account");

    await openPath(elsewhere, "/signin/mail");
    await sendForm(elsewhere, { email });
    assert.equal((await sendForm(elsewhere, { mailed_code: code })).status(), 401);
  }),
);

test(
  "after five wrong codes a right one is refused too, and another one can be sent",
  inBrowser(async (open) => {
    const { email } = await newPerson();
    const page = await open();
    await openPath(page, "/signin/mail");
    await sendForm(page, { email });
    const code = await mailedCode(email);
    const wrong = code === "000000" ? "111111" : "000000";
    for (let left = 5; left > 0; left -= 1) {
      assert.equal((await sendForm(page, { mailed_code: wrong })).status(), 401);
    }
    assert.equal((await sendForm(page, { mailed_code: code })).status(), 429);
    const again = "form[action='/signin/mail'] button";
    assert.equal((await sendForm(page, {}, again)).status(), 200);
  }),
);

test(
  "whoever has a second factor is asked for it after the code",
  inBrowser(async (open) => {
    const person = await newPerson();
    const { nextCode } = await secondFactorOf(person);
    const page = await open();
    await openPath(page, "/signin/mail");
    await sendForm(page, { email: person.email });
    await sendForm(page, { mailed_code: await mailedCode(person.email) });
    assert.deepEqual(await page.context().cookies(), []);
    await sendForm(page, { code: nextCode() });
    assert.equal(new URL(page.url()).pathname, "/account");
  }),
);

test(
  "the code makes an account for whoever has none",
  inBrowser(async (open) => {
    const email = anEmail();
    const page = await open();
    await openPath(page, "/signin/mail");
    await sendForm(page, { email });
    await sendForm(page, { mailed_code: await mailedCode(email) });
    assert.equal(new URL(page.url()).pathname, "/account");
    assert.match(await page.locator("main").innerText(), new RegExp(email));
  }),
);

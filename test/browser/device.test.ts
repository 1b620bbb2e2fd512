import assert from "node:assert/strict";
import { test } from "node:test";
import { ResponseBodyError } from "openid-client";
import { newPerson } from "../live/support/person.ts";
import { hostileClient } from "./support/browser-clients.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { startDevice } from "./support/start-device.ts";
import { tabTo } from "./support/tab-to.ts";

test(
  "a television that polls is signed in once its owner has scanned the code and approved on a phone",
  inBrowser(async (open) => {
    const { id, email, password } = await newPerson();
    const { link, userCode, poll } = await startDevice();
    const answer = Promise.allSettled([poll()]);
    const phone = await open({ device: "phone" });

    await openPath(phone, link);
    await sendForm(phone, { email, password });
    // Whoever came by the link compares the code, too.
    assert.match(await phone.locator("h1").innerText(), /Does your device show this code/);
    assert.equal(await phone.getByText(userCode, { exact: true }).isVisible(), true);
    assert.match(await phone.locator("main").innerText(), /Nobody from support will ever ask/);
    await sendForm(phone, {}, "button[value=approve]");

    assert.equal(await phone.title(), "Device approved – Latchkey");
    const [tokens] = await answer;
    assert.equal(tokens.status === "fulfilled" && tokens.value.claims()?.sub, id);
  }),
);

test(
  "a television hears that it was denied, and gets nothing",
  inBrowser(async (open) => {
    const { userCode, poll } = await startDevice();
    const answer = Promise.allSettled([poll()]);
    const page = await open();
    await signIn(page, await newPerson());

    await sendForm(page, { user_code: userCode.toLowerCase().replace("-", " ") });
    await sendForm(page, {}, "button[value=deny]");

    assert.equal(await page.title(), "Device denied – Latchkey");
    const [refused] = await answer;
    const reason: unknown = refused.status === "rejected" && refused.reason;
    assert.equal(reason instanceof ResponseBodyError && reason.error, "access_denied");
  }),
);

test(
  "a device is denied as easily as it is approved",
  inBrowser(async (open) => {
    const { link } = await startDevice();
    const page = await open({ device: "phone" });
    await signIn(page, await newPerson());
    await openPath(page, link);
    const [approve, deny] = await Promise.all(
      ["approve", "deny"].map((value) => page.locator(`button[value=${value}]`).boundingBox()),
    );
    assert.ok(approve && deny);
    assert.deepEqual([deny.width, deny.height], [approve.width, approve.height]);
  }),
);

test(
  "a code that was decided, and one that nobody waits under, are told apart with what to do",
  inBrowser(async (open) => {
    const { userCode } = await startDevice();
    const page = await open();
    await signIn(page, await newPerson());
    await sendForm(page, { user_code: userCode });
    await sendForm(page, {}, "button[value=approve]");
    await openPath(page, "/device");

    const used = await sendForm(page, { user_code: userCode });
    assert.equal(used.status(), 409);
    assert.match(await page.getByRole("alert").innerText(), /start again on your device/);

    const unknown = await sendForm(page, { user_code: "BBBB-BBBB" });
    assert.equal(unknown.status(), 404);
    assert.match(await page.getByRole("alert").innerText(), /Check it and type it again/);
  }),
);

test(
  "who types too many wrong codes has to wait, with a right one too",
  inBrowser(async (open) => {
    const { userCode } = await startDevice();
    const page = await open();
    await signIn(page, await newPerson());
    for (const code of ["BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG"]) {
      assert.equal((await sendForm(page, { user_code: code })).status(), 404);
    }
    const answer = await sendForm(page, { user_code: userCode });
    assert.equal(answer.status(), 429);
    assert.match(await page.getByRole("alert").innerText(), /Try again in \d+ minutes/);
  }),
);

test(
  "a name that a device's client chose to deceive is shown in a line, to the letter",
  inBrowser(async (open) => {
    const { link } = await startDevice(hostileClient);
    const page = await open({ device: "phone", javaScript: true });
    await signIn(page, await newPerson());
    await openPath(page, link);
    const text = await page.locator("main").innerText();
    assert.match(text, /<script>alert\(1\)<\/script> gnp\.knab gnp/);
    assert.doesNotMatch(text, /\u202E/);
  }),
);

test(
  "by keyboard alone somebody signs in and approves a device",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const { userCode } = await startDevice();
    const page = await open();
    const { keyboard } = page;
    await openPath(page, "/device");
    await tabTo(page, "[name=email]");
    await keyboard.type(email);
    await tabTo(page, "[name=password]");
    await keyboard.type(password);
    await following(page, () => keyboard.press("Enter"));
    await tabTo(page, "[name=user_code]");
    await keyboard.type(userCode);
    await following(page, () => keyboard.press("Enter"));
    await tabTo(page, "button[value=approve]");
    await following(page, () => keyboard.press("Space"));
    assert.equal(await page.title(), "Device approved – Latchkey");
  }),
);

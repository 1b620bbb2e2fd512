import assert from "node:assert/strict";
import { test } from "node:test";
import { ResponseBodyError } from "openid-client";
import { newPerson } from "../live/support/person.ts";
import { homeClient, hostileClient } from "./support/browser-clients.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { ABROAD } from "./support/place.ts";
import { following, sendForm } from "./support/send-form.ts";
import { signIn } from "./support/sign-in.ts";
import { somebodySignedIn } from "./support/somebody-signed-in.ts";
import { startDevice } from "./support/start-device.ts";
import { tabTo } from "./support/tab-to.ts";

test(
  "a television that polls is signed in once its owner scanned the code, compared it and approved",
  inBrowser(async (open) => {
    const { id, email, password } = await newPerson();
    const { link, userCode, poll } = await startDevice();
    const answer = Promise.allSettled([poll()]);
    const phone = await open({ device: "phone" });

    await openPath(phone, link);
    await sendForm(phone, { email, password });
    assert.match(await phone.locator("h1").innerText(), /Does your device show this code/);
    assert.equal(await phone.getByText(userCode, { exact: true }).isVisible(), true);
    assert.match(await phone.locator("main").innerText(), /Nobody from support will ever ask/);
    // Without a tick the browser does not send the form.
    await phone.getByRole("button", { name: "Approve" }).tap();
    assert.equal(await phone.locator("[name=compared]:invalid").count(), 1);
    await sendForm(phone, { compared: true, device_name: "Telly" }, "button[value=approve]");

    assert.equal(await phone.title(), "Device approved – Latchkey");
    const [tokens] = await answer;
    assert.equal(tokens.status === "fulfilled" && tokens.value.claims()?.sub, id);
    await following(phone, () => phone.getByRole("link", { name: "your sessions" }).tap());
    const telly = phone.getByRole("button", { name: "Sign out Telly" });
    await following(phone, () => telly.tap());
    assert.equal(await telly.count(), 0);
  }),
);

test(
  "a television hears that it was denied, and gets nothing",
  inBrowser(async (open) => {
    const { userCode, poll } = await startDevice();
    const answer = Promise.allSettled([poll()]);
    const page = await open();
    await somebodySignedIn(page);
    await openPath(page, "/device");

    await sendForm(page, { user_code: userCode.toLowerCase().replace("-", " ") });
    await sendForm(page, {}, "button[value=deny]");

    assert.equal(await page.title(), "Device denied – Latchkey");
    const [refused] = await answer;
    const reason: unknown = refused.status === "rejected" && refused.reason;
    assert.equal(reason instanceof ResponseBodyError && reason.error, "access_denied");
  }),
);

test(
  "a television gets no more than its owner left ticked",
  inBrowser(async (open) => {
    const { userCode, poll } = await startDevice();
    const page = await open({ device: "phone" });
    await somebodySignedIn(page);
    await openPath(page, "/device");
    await sendForm(page, { user_code: userCode });
    await page.getByLabel("See your e-mail address").uncheck();
    await sendForm(page, {}, "button[value=approve]");
    const tokens = await poll();
    assert.equal(tokens.scope, "openid profile offline_access");
  }),
);

test(
  "a device is denied as easily as it is approved",
  inBrowser(async (open) => {
    const { link } = await startDevice();
    const page = await open({ device: "phone" });
    await somebodySignedIn(page);
    await openPath(page, link);
    const [approve, deny] = await Promise.all(
      ["approve", "deny"].map((value) => page.locator(`button[value=${value}]`).boundingBox()),
    );
    assert.ok(approve && deny);
    assert.deepEqual([deny.width, deny.height, deny.y], [approve.width, approve.height, approve.y]);
    // Nothing has to be ticked or typed before.
    await sendForm(page, {}, "button[value=deny]");
    assert.equal(await page.title(), "Device denied – Latchkey");
  }),
);

test(
  "who approves is warned of a device in another country and on another network, and of no other",
  inBrowser(async (open) => {
    const [near, far] = await Promise.all([startDevice(), startDevice({ place: ABROAD })]);
    const page = await open({ device: "phone" });
    await somebodySignedIn(page);
    await openPath(page, near.link);
    assert.equal(await page.getByRole("note").count(), 0);

    await openPath(page, far.link);
    const warning = await page.getByRole("note").innerText();
    assert.match(warning, /in another country than you.*on another network than you/s);
    const sides = page.locator(".sides section");
    assert.match(await sides.first().innerText(), /Recife, Brazil.*Rede Livre/s);
    assert.match(await sides.last().innerText(), /Bremen, Germany.*Weser Telecom/s);
  }),
);

test(
  "an app that lets in only what is where its owner is cannot be approved from elsewhere, and can from there",
  inBrowser(async (open) => {
    const { link } = await startDevice({ registered: homeClient });
    const abroad = await open({ device: "phone", place: ABROAD });
    const person = await somebodySignedIn(abroad);
    await openPath(abroad, link);
    assert.match(await abroad.getByRole("note").innerText(), /You cannot approve this from here/);
    assert.equal(await abroad.locator("button[value=approve]").count(), 0);
    assert.equal(await abroad.locator("button[value=deny]").count(), 1);

    const home = await open({ device: "phone" });
    await signIn(home, person);
    await openPath(home, link);
    await sendForm(home, { compared: true }, "button[value=approve]");
    assert.equal(await home.title(), "Device approved – Latchkey");
  }),
);

test(
  "a code that was decided, and one that nobody waits under, are told apart with what to do",
  inBrowser(async (open) => {
    const { userCode } = await startDevice();
    const page = await open();
    await signIn(page, await newPerson());
    await openPath(page, "/device");
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
    await openPath(page, "/device");
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
    const { link } = await startDevice({ registered: hostileClient });
    const page = await open({ device: "phone", javaScript: true });
    await somebodySignedIn(page);
    await openPath(page, link);
    const text = await page.locator("main").innerText();
    assert.match(text, /<script>alert\(1\)<\/script> gnp\.knab gnp/);
    assert.doesNotMatch(text, /\u202E/);
    const [name] = await page.locator("main p strong bdi").allInnerTexts();
    assert.equal([...(name ?? "")].length, 61);
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

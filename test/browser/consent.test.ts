import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { discovered } from "../live/support/discovered.ts";
import { newPerson } from "../live/support/person.ts";
import { prepareSignIn } from "../live/support/sign-in.ts";
import { testClients } from "../live/support/test-clients.ts";
import { hostileClient } from "./support/browser-clients.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { sendForm } from "./support/send-form.ts";
import { serveSite } from "./support/serve-site.ts";
import { signIn } from "./support/sign-in.ts";

test(
  "who signs in on the way to an app and allows it is led back to it, and it gets its tokens",
  inBrowser(async (open) => {
    const { id, email, password } = await newPerson();
    const app = await discovered(testClients.app);
    const site = await serveSite("<p>Welcome back</p>");
    const errand = await prepareSignIn(app, { redirect_uri: `${site.origin}/callback` });
    const page = await open({ device: "phone", leadsTo: [site.origin] });

    await openPath(page, errand.request);
    assert.match(await page.locator("main").innerText(), /Somebody's App/);
    await sendForm(page, { email, password });
    assert.match(await page.locator("main").innerText(), /See your e-mail address/);
    await sendForm(page, {}, "button[value=allow]");

    assert.equal(await page.locator("body").innerText(), "Welcome back");
    const tokens = await client.authorizationCodeGrant(app, new URL(page.url()), errand.checks);
    assert.equal(tokens.claims()?.sub, id);
  }),
);

test(
  "who denies an app is led back to it, and it hears of that and gets nothing",
  inBrowser(async (open) => {
    const app = await discovered(testClients.app);
    const site = await serveSite("<p>Maybe later</p>");
    const errand = await prepareSignIn(app, { redirect_uri: `${site.origin}/callback` });
    const page = await open({ leadsTo: [site.origin] });
    await signIn(page, await newPerson());
    await openPath(page, errand.request);

    await sendForm(page, {}, "button[value=deny]");

    const { searchParams } = new URL(page.url());
    assert.deepEqual(
      [searchParams.get("error"), searchParams.has("code")],
      ["access_denied", false],
    );
  }),
);

test(
  "an app that wants answers at an address that it did not register is told nothing",
  inBrowser(async (open) => {
    const app = await discovered(testClients.app);
    const errand = await prepareSignIn(app, { redirect_uri: "https://evil.example/callback" });
    const page = await open();
    const answer = await openPath(page, errand.request);
    assert.deepEqual(
      [answer.status(), await page.title()],
      [400, "That app cannot be answered there – Latchkey"],
    );
  }),
);

test(
  "a name that an app chose to deceive is shown in a line, to the letter",
  inBrowser(async (open) => {
    const { request } = await prepareSignIn(await discovered(hostileClient));
    const page = await open({ device: "phone", javaScript: true });
    await signIn(page, await newPerson());
    await openPath(page, request);
    const text = await page.locator("main").innerText();
    assert.match(text, /<script>alert\(1\)<\/script> gnp\.knab gnp/);
    assert.doesNotMatch(text, /\u202E/);
    assert.equal([...(await page.locator("main strong bdi").innerText())].length, 61);
  }),
);

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type * as Client from "../../client/client.ts";
import { deviceTokens } from "../live/support/device-tokens.ts";
import { issuer } from "../live/support/issuer.ts";
import { newPerson } from "../live/support/person.ts";
import { testClients } from "../live/support/test-clients.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { following, sendForm } from "./support/send-form.ts";
import { serveClient } from "./support/serve-client.ts";

declare global {
  var latchkey: typeof Client;
  var token: Promise<string>;
}

const site = await serveClient();
const view = { javaScript: true, leadsTo: [site] };
const television = { url: issuer, clientId: testClients.television.id };

test(
  "of tabs that find the same old tokens one refreshes, and all use what it got",
  inBrowser(async (open) => {
    const { tokens } = await deviceTokens(await newPerson());
    const first = await open(view);
    await openSite(first);
    await keepOldTokens(first, tokens.refresh_token ?? "");
    const second = await first.context().newPage();
    await openSite(second);
    // The server is held back until both tabs want to refresh: one does, the other waits for the lock.
    const refreshes: string[] = [];
    const bothWant = Promise.withResolvers<void>();
    await first.context().route(`${issuer}/oauth/token`, async (route) => {
      refreshes.push(route.request().postData() ?? "");
      await bothWant.promise;
      await route.continue();
    });
    for (const tab of [first, second]) {
      await tab.evaluate((options) => {
        const { browserStorage, createClient } = globalThis.latchkey;
        globalThis.token = createClient({ ...options, storage: browserStorage() }).accessToken();
      }, television);
    }
    await second.waitForFunction(async () => {
      const { held, pending } = await navigator.locks.query();
      return held?.length === 1 && pending?.length === 1;
    });
    bothWant.resolve();

    const [one, other] = await Promise.all([first, second].map((tab) => tab.evaluate("token")));
    assert.match(String(one), /^ey/);
    assert.equal(one, other);
    assert.equal(refreshes.length, 1);
    assert.match(refreshes[0] ?? "", /grant_type=refresh_token/);
    // A reload finds what was kept, and asks nobody.
    await openSite(second);
    assert.equal(await accessToken(second), one);
    assert.equal(refreshes.length, 1);
  }),
);

test(
  "a shop in the browser signs somebody in by code, says who it is and signs them out",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open(view);
    await openSite(page);
    const options = { url: issuer, clientId: testClients.ownApp.id };
    await following(page, () =>
      page.evaluate(
        async ([options, redirectUri]) => {
          const client = globalThis.latchkey.createClient(options);
          const scope = "openid email offline_access";
          const { url, pending } = await client.startAuthorization({ redirectUri, scope });
          sessionStorage.setItem("pending", JSON.stringify(pending));
          location.assign(url);
        },
        [options, `${site}/callback`] as const,
      ),
    );
    await sendForm(page, { email, password });
    assert.equal(new URL(page.url()).pathname, "/callback");
    await page.waitForFunction(() => "latchkey" in globalThis);
    // Those that tell where it is are not the page's own: no site may ask with such.
    await page.context().setExtraHTTPHeaders({});
    const said = await page.evaluate(async (options) => {
      const { browserStorage, createClient } = globalThis.latchkey;
      const client = createClient({ ...options, storage: browserStorage() });
      await client.finishAuthorization(
        location.href,
        JSON.parse(sessionStorage.getItem("pending") ?? ""),
      );
      const { email } = await client.userInfo();
      const profile = await client.fetch(`${options.url}/oauth/userinfo`);
      await client.signOut();
      return { email, status: profile.status, isSignedIn: await client.isSignedIn() };
    }, options);
    assert.deepEqual(said, { email, status: 200, isSignedIn: false });
  }),
);

async function openSite(page: Page): Promise<void> {
  await openPath(page, site);
  await page.waitForFunction(() => "latchkey" in globalThis);
}

/** Tokens whose access token has ended, as another tab would have left them. */
async function keepOldTokens(page: Page, refreshToken: string): Promise<void> {
  await page.evaluate(([tokens]) => globalThis.latchkey.browserStorage().save(tokens), [
    {
      ...television,
      accessToken: "ended",
      expiresAt: 0,
      refreshToken,
      scope: "openid",
      idToken: null,
    },
  ] as const);
}

function accessToken(page: Page): Promise<string> {
  return page.evaluate((options) => {
    const { browserStorage, createClient } = globalThis.latchkey;
    return createClient({ ...options, storage: browserStorage() }).accessToken();
  }, television);
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { issuer } from "../live/support/issuer.ts";
import { newPerson } from "../live/support/person.ts";
import { inBrowser } from "./support/in-browser.ts";
import { openPath } from "./support/open-path.ts";
import { sendForm } from "./support/send-form.ts";

const AWAY = [
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/%2f/evil.example",
  "/device/..//evil.example",
  "/device@evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "data:text/html,evil",
  "https:evil.example",
  "/account/../..//evil.example",
  "/account@evil.example",
];

test(
  "whatever a link asks for, signing in and out leads nowhere but on to our own pages",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open();
    for (const away of AWAY) {
      await page.context().clearCookies();
      await openPath(page, `/signin?return_to=${encodeURIComponent(away)}`);
      await sendForm(page, { email, password });
      const { origin, pathname } = new URL(page.url());
      assert.deepEqual([away, origin, pathname], [away, issuer, "/account"]);
    }
  }),
);

test(
  "a path that was put into the form itself leads nowhere else either",
  inBrowser(async (open) => {
    const { email, password } = await newPerson();
    const page = await open();
    await openPath(page, "/signin");
    await putInto(page, "form[action='/signin']");
    await sendForm(page, { email, password });
    assert.equal(page.url(), `${issuer}/account`);
    await putInto(page, "form[action='/signout']");
    await sendForm(page, {}, "form[action='/signout'] button");
    assert.equal(new URL(page.url()).pathname, "/signin");
  }),
);

async function putInto(page: Page, form: string): Promise<void> {
  await page.locator(form).evaluate((element) => {
    element.querySelector("[name=return_to]")?.remove();
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "return_to", value: "//evil.example" });
    element.append(field);
  });
}

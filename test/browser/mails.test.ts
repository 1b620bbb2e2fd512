import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { accessibilityProblems } from "./checks/accessibility-problems.ts";
import { overflowProblems } from "./checks/overflow-problems.ts";
import { anEmail } from "./support/an-email.ts";
import { inBrowser } from "./support/in-browser.ts";
import { look } from "./support/look.ts";
import { inMailbox, mailedCode, mailedLink } from "./support/mail.ts";
import { openPath } from "./support/open-path.ts";
import { sendForm } from "./support/send-form.ts";

/** Long enough to be a password, and no common one. */
const PASSWORD = "gentle otters swim";

/** A mail is shown within a page of the mail program, which has the landmarks. */
const OF_A_PAGE = /^(landmark-one-main|region) /;

for (const language of ["en", "de"] as const) {
  test(
    `mails can be read by everybody, in light and dark, in ${language}`,
    inBrowser(async (open) => {
      const email = anEmail();
      const person = await open({ language });
      await causeMails(person, email);
      const page = await open({ language, device: "phone", javaScript: true });
      const mails = await inMailbox(email, (all) => (all.length >= 4 ? all : undefined));
      for (const [index, { html }] of mails.entries()) {
        await page.setContent(html);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        assert.deepEqual(await problems(page, `mail-${index + 1}-${language}`), []);
      }
    }),
  );
}

/** A link to prove an address, one for a new password, a code, and a notice of what was changed. */
async function causeMails(page: Page, email: string): Promise<void> {
  await openPath(page, "/register");
  await sendForm(page, { name: "Robin", email, password: PASSWORD });
  await openPath(page, await mailedLink(email, "/verify"));
  await sendForm(page);
  await openPath(page, "/signin/mail");
  await sendForm(page, { email });
  await sendForm(page, { mailed_code: await mailedCode(email) });
  await openPath(page, "/account/keys");
  await sendForm(page, { name: "Nightly export" });
  await openPath(page, "/forgot");
  await sendForm(page, { email });
}

async function problems(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of ["light", "dark"] as const) {
    await look(page, name, { scheme, device: "phone" });
    found.push(...(await accessibilityProblems(page, "all")));
  }
  found.push(...(await overflowProblems(page)));
  return found.filter((problem) => !OF_A_PAGE.test(problem));
}

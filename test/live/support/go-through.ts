import type { Browser } from "./browser.ts";
import { issuer } from "./issuer.ts";
import type { Form, Page } from "./page.ts";
import type { Person } from "./person.ts";

/** What somebody was asked on the way, in order. */
export type Step = "sign-in" | "consent";

/** Enough for every way there is: whoever is led on longer is led in a circle. */
const MAX_STEPS = 12;

/**
 * Opens an authorization request and does what the pages ask for, until they lead back to the client.
 * Gives the address they lead back to, and what was asked. Throws at a page that leads nowhere.
 */
export async function goThrough(
  browser: Browser,
  request: URL,
  person: Person,
  { consent = true } = {},
): Promise<{ callback: URL; steps: readonly Step[] }> {
  const steps: Step[] = [];
  let page = await browser.open(request);
  for (let left = MAX_STEPS; left > 0; left -= 1) {
    if (page.location && page.location.origin !== issuer) {
      return { callback: page.location, steps };
    }
    page = page.location
      ? await browser.follow(page.location)
      : await answer(browser, page, person, consent, steps);
  }
  throw new Error(`the pages led in a circle by way of ${steps.join(", ")}`);
}

async function answer(
  browser: Browser,
  page: Page,
  { email, password }: Person,
  consent: boolean,
  steps: Step[],
): Promise<Page> {
  const signIn = formTo(page, "/signin");
  if (signIn && page.status === 200) {
    steps.push("sign-in");
    return browser.submit(page, signIn, { email, password });
  }
  const question = formTo(page, "/oauth/consent");
  if (question && page.status === 200) {
    steps.push("consent");
    return browser.submit(page, question, pressed(question, consent));
  }
  throw new Error(`${page.url.pathname} answered ${page.status}, "${page.title}": nowhere to go`);
}

function formTo(page: Page, path: string): Form | undefined {
  return page.forms.find(({ action }) => new URL(action, page.url).pathname === path);
}

/** The button that says yes or no. Throws when the form has no such button. */
function pressed({ buttons }: Form, yes: boolean): Record<string, string> {
  const wanted = yes ? "allow" : "deny";
  const button = buttons.find(({ value }) => value === wanted);
  if (!button) {
    throw new Error(`the form has no button "${wanted}"`);
  }
  return { [button.name]: button.value };
}

import type { BrowserContext, Page } from "playwright-core";
import { newPerson, type Person } from "../../live/support/person.ts";
import { signIn } from "./sign-in.ts";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

let signedIn: Promise<{ person: Person; cookies: Cookies }> | undefined;

/**
 * Makes somebody be signed in in this browser who has been before, for whoever only looks: the same
 * person for all of a file, in the same session.
 */
export async function somebodySignedIn(page: Page): Promise<Person> {
  signedIn ??= signInOnce(page);
  const { person, cookies } = await signedIn;
  await page.context().addCookies(cookies);
  return person;
}

async function signInOnce(page: Page): Promise<{ person: Person; cookies: Cookies }> {
  const person = await newPerson();
  await signIn(page, person);
  return { person, cookies: await page.context().cookies() };
}

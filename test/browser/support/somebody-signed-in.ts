import type { BrowserContext, Page } from "playwright-core";
import { newPerson, type Person } from "../../live/support/person.ts";
import { signIn } from "./sign-in.ts";

/** Half of what a sensitive page takes for fresh: a slow machine needs the rest. */
const FRESH_MS = 5 * 60 * 1000;

interface SignedIn {
  person: Person;
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
}

let signedIn: Promise<SignedIn> | undefined;
let signedInAt = 0;

/**
 * Makes somebody be signed in in this browser who has been before, for whoever only looks: the same
 * person in the same session for some minutes of a file.
 */
export async function somebodySignedIn(page: Page): Promise<Person> {
  if (!signedIn || Date.now() - signedInAt > FRESH_MS) {
    signedInAt = Date.now();
    signedIn = signInOnce(page);
  }
  const { person, cookies } = await signedIn;
  await page.context().addCookies(cookies);
  return person;
}

async function signInOnce(page: Page): Promise<SignedIn> {
  const person = await newPerson();
  await signIn(page, person);
  return { person, cookies: await page.context().cookies() };
}

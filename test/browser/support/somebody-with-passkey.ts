import type { Page } from "playwright-core";
import { newPerson, type Person } from "../../live/support/person.ts";
import { addPasskey } from "./add-passkey.ts";
import { addAuthenticator } from "./authenticator.ts";
import { secondFactorOf } from "./second-factor.ts";
import { sendForm } from "./send-form.ts";
import { signIn } from "./sign-in.ts";

/** Somebody who has both, an app that shows codes and a passkey of this browser, and is signed in. */
export async function somebodyWithPasskey(page: Page, name: string): Promise<Person> {
  await addAuthenticator(page);
  const person = await newPerson();
  const { nextCode } = await secondFactorOf(person);
  await signIn(page, person);
  await sendForm(page, { code: nextCode() });
  await addPasskey(page, name);
  return person;
}

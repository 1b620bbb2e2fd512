import type { Page, Response } from "playwright-core";
import { openPath } from "./open-path.ts";
import { sendForm } from "./send-form.ts";

/** Adds a passkey to the account that is signed in, with the authenticator of this browser. */
export async function addPasskey(page: Page, name: string): Promise<Response> {
  await openPath(page, "/account/passkeys");
  return sendForm(page, { name }, "form[data-passkey=create] button");
}

import type { Page, Response } from "playwright-core";
import type { Person } from "../../live/support/person.ts";
import { openPath } from "./open-path.ts";
import { sendForm } from "./send-form.ts";

/** Signs somebody in by password in this browser. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<Response> {
  await openPath(page, "/signin");
  return sendForm(page, { email, password });
}

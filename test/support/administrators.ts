import { env } from "cloudflare:workers";
import type { Role } from "../../src/core/account/account.ts";
import { Browser } from "./browser.ts";
import { provedMember } from "./members.ts";
import type { Person } from "./people.ts";
import { accountIdOf } from "./rows.ts";
import type { TestService } from "./service.ts";

/** Somebody with a proved address and a role, and the account that they have. */
export async function personOf(
  service: TestService,
  role: Role = "user",
): Promise<Person & { id: string }> {
  const person = await provedMember(service);
  await setAccount(person, "role = ?", role);
  return { ...person, id: await accountIdOf(person) };
}

/** The same, signed in in a browser. */
export async function administratorBrowser(service: TestService, role: Role = "superadmin") {
  const person = await personOf(service, role);
  const browser = new Browser(service);
  await browser.signIn(person);
  return { browser, person };
}

/** Changes an account's row: SQL, its values bound in order. */
export async function setAccount(
  { email }: Pick<Person, "email">,
  what: string,
  ...values: readonly unknown[]
): Promise<void> {
  await env.DB.prepare(`UPDATE accounts SET ${what} WHERE email = ?`)
    .bind(...values, email)
    .run();
}

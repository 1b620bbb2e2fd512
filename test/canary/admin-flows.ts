import { env } from "cloudflare:workers";
import { mailTo } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import { accountIdOf } from "../support/rows.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that operators and back offices do. */
export const adminFlows: readonly Flow[] = [administerAccounts];

async function administerAccounts(watch: Watch): Promise<void> {
  const service = watch.service();
  const bearer = await superadmin(watch);
  const person = await member(service, watch.somebody());
  const at = `/admin/accounts/${await accountIdOf(person)}`;
  const ask = (method: string, path: string, body?: object) =>
    service.ask<{ id: string }>(path, { method, bearer, ...(body && { body }) });
  const { email, name } = watch.somebody();
  await ask("POST", "/admin/accounts", { email, name, invite: true });
  await mailTo(service, email, /set up/i);
  await ask("GET", `/admin/accounts?email_prefix=${person.email}`);
  await ask("PATCH", at, { name: watch.somebody().name, must_reset_password: true });
  await ask("POST", `${at}/password-reset`);
  await ask("POST", `${at}/invitation`);
  await ask("DELETE", `${at}/second-factor`);
  await ask("DELETE", `${at}/sessions`);
  await ask("DELETE", at);
}

async function superadmin(watch: Watch): Promise<string> {
  const service = watch.service();
  const person = await member(service, watch.somebody());
  await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE email = ?")
    .bind(person.email)
    .run();
  return (await signedIn(service, person)).accessToken;
}

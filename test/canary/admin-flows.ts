import { env } from "cloudflare:workers";
import { mailTo } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import { accountIdOf } from "../support/rows.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that operators and back offices do. */
export const adminFlows: readonly Flow[] = [administerAccounts, operate];

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

async function operate(watch: Watch): Promise<void> {
  const service = watch.service();
  const bearer = await superadmin(watch);
  const ask = (method: string, path: string, body?: object) =>
    service.ask<{ id: string; data: { id: string } }>(path, {
      method,
      bearer,
      ...(body && { body }),
    });
  const id = `canary-${crypto.randomUUID().slice(0, 8)}`;
  await ask("POST", "/admin/tenants", { slug: id, name: "Acme" });
  const looks = { brand_logo: btoa("<svg/>"), sender_name: "Acme", reply_to: "help@acme.test" };
  await ask("PATCH", `/admin/tenants/${id}`, { registration: "closed", ...looks });
  const letter = `/admin/tenants/${id}/letters/verify-email/de`;
  await ask("PUT", letter, { subject: "Willkommen bei {brand}", action: "Los" });
  await ask("DELETE", letter);
  const site = `/admin/tenants/${id}/front-ends/studio`;
  await ask("PUT", site, { url: "https://studio.example.test" });
  await ask("DELETE", site);
  const made = { grants: ["client_credentials"], scopes: ["orders:read"], confidential: true };
  await ask("POST", "/admin/clients", { id, name: "Orders", ...made });
  await ask("PATCH", `/admin/clients/${id}`, { name: "Sales" });
  await ask("POST", `/admin/clients/${id}/secret`);
  await ask("DELETE", `/admin/clients/${id}`);
  const webhook = await ask("POST", "/admin/webhooks", { url: "https://hooks.example.com/in" });
  const at = `/admin/webhooks/${webhook.body.id}`;
  await ask("GET", "/admin/webhooks");
  await ask("POST", `${at}/secret`);
  await ask("POST", `${at}/enable`, { skip_missed: true });
  await ask("DELETE", at);
  const key = await ask("POST", "/api/v1/settings/service-keys", { name: "Deploys" });
  await ask("DELETE", `/admin/keys/${key.body.data.id}`);
}

async function superadmin(watch: Watch): Promise<string> {
  const service = watch.service();
  const person = await member(service, watch.somebody());
  await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE email = ?")
    .bind(person.email)
    .run();
  return (await signedIn(service, person)).accessToken;
}

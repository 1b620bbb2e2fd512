import { env } from "cloudflare:workers";
import { passSeconds } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import { newTenant } from "../../support/tenants.ts";
import { asks } from "../support/asking.ts";
import type { Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

/** By operation, and what is special about it after a colon. */
export const admin: Flows = {
  searchAccounts: { prepare: (scene) => asBoss(scene, "GET /admin/accounts?email_prefix=p-") },
  "searchAccounts: the next page": {
    async prepare(scene) {
      await Promise.all([scene.member(), scene.member(), scene.member()]);
      const { bearer } = await boss(scene);
      const list = "/admin/accounts?limit=1";
      const { body } = await scene.helper.ask<{ next_cursor: string }>(list, {
        method: "GET",
        bearer,
      });
      return asks(scene.service, `GET ${list}&cursor=${body.next_cursor}`, { bearer });
    },
  },
  createAccount: {
    again: 409,
    prepare: (scene) => asBoss(scene, "POST /admin/accounts", { email: somebody().email }),
  },
  "createAccount: and invite": {
    again: 409,
    maySendTwice: true,
    ordersAfterwards: ["invitation"],
    prepare: (scene) =>
      asBoss(scene, "POST /admin/accounts", { email: somebody().email, invite: true }),
  },
  describeAccount: { prepare: (scene) => aboutOne(scene, "GET") },
  changeAccount: {
    prepare: (scene) => aboutOne(scene, "PATCH", "", { role: "admin", name: "Sam Example" }),
  },
  "changeAccount: to be disabled": {
    prepare: (scene) => aboutOne(scene, "PATCH", "", { disabled: true }),
  },
  "changeAccount: of another superadmin": {
    prepare: (scene) =>
      aboutOne(scene, "PATCH", "", { role: "user", zapier: true }, { role: "superadmin" }),
  },
  removeAccount: { again: 404, prepare: (scene) => aboutOne(scene, "DELETE") },
  sendPasswordReset: {
    maySendTwice: true,
    prepare: (scene) => aboutOne(scene, "POST", "/password-reset"),
  },
  inviteAccount: { maySendTwice: true, prepare: (scene) => aboutOne(scene, "POST", "/invitation") },
  listAccountSessions: { prepare: (scene) => aboutOne(scene, "GET", "/sessions") },
  endAccountSessions: { prepare: (scene) => aboutOne(scene, "DELETE", "/sessions") },
  removeAccountFactor: { prepare: (scene) => aboutOne(scene, "DELETE", "/second-factor") },
  listAccountEvents: { prepare: (scene) => aboutOne(scene, "GET", "/events") },
  "listAccountEvents: older": {
    prepare: (scene) =>
      aboutOne(scene, "GET", "/events?cursor=ffffffff-ffff-7fff-bfff-ffffffffffff"),
  },
  listAccountKeys: { prepare: (scene) => aboutOne(scene, "GET", "/keys") },
  listTenantKeys: { prepare: (scene) => asBoss(scene, "GET /admin/keys") },
  revokeKey: {
    again: 404,
    async prepare(scene) {
      const { bearer } = await boss(scene);
      const made = { bearer, body: { name: "Deploys" } };
      const keys = "/api/v1/settings/service-keys";
      const { body } = await scene.helper.ask<{ data: { id: string } }>(keys, made);
      return asks(scene.service, `DELETE /admin/keys/${body.data.id}`, { bearer });
    },
  },
  listTenantEvents: {
    // Older than all that there will be: a page is as long as there are events.
    prepare: (scene) =>
      asBoss(scene, "GET /admin/events?cursor=00000000-0000-7000-8000-000000000000"),
  },
  listTenants: { prepare: (scene) => asBoss(scene, "GET /admin/tenants") },
  describeTenant: { prepare: (scene) => asBoss(scene, "GET /admin/tenants/default") },
  createTenant: {
    again: 409,
    prepare: (scene) => asBoss(scene, "POST /admin/tenants", { slug: slug(), name: "Acme" }),
  },
  changeTenant: {
    async prepare(scene) {
      const { slug } = await newTenant();
      return asBoss(scene, `PATCH /admin/tenants/${slug}`, {
        ...{ name: "Acme", brand_name: "A", brand_logo: btoa("<svg/>") },
        ...{ sender_name: "Acme", reply_to: "help@acme.test" },
      });
    },
  },
  listLetters: { prepare: (scene) => asBoss(scene, "GET /admin/tenants/default/letters") },
  wordLetter: { prepare: (scene) => aboutLetter(scene, "PUT", WORDS) },
  clearLetter: { prepare: (scene) => aboutLetter(scene, "DELETE") },
  listTenantFrontEnds: {
    prepare: (scene) => asBoss(scene, "GET /admin/tenants/default/front-ends"),
  },
  allowFrontEnd: {
    async prepare(scene) {
      const { slug } = await newTenant();
      return asBoss(scene, `PUT /admin/tenants/${slug}/front-ends/studio`, SITE);
    },
  },
  "allowFrontEnd: elsewhere": { prepare: (scene) => aboutSite(scene, "PUT", SITE) },
  removeFrontEnd: { again: 404, prepare: (scene) => aboutSite(scene, "DELETE") },
  listClients: { prepare: (scene) => asBoss(scene, "GET /admin/clients") },
  describeClient: { prepare: (scene) => asBoss(scene, "GET /admin/clients/test-tv") },
  createClient: {
    again: 409,
    prepare: (scene) => asBoss(scene, "POST /admin/clients", aClient()),
  },
  changeClient: { prepare: (scene) => aboutClient(scene, "PATCH", "", { name: "Other" }) },
  rotateClientSecret: { prepare: (scene) => aboutClient(scene, "POST", "/secret") },
  removeClient: { again: 404, prepare: (scene) => aboutClient(scene, "DELETE") },
  listWebhooks: { prepare: (scene) => asBoss(scene, "GET /admin/webhooks") },
  createWebhook: { prepare: (scene) => asBoss(scene, "POST /admin/webhooks", aWebhook()) },
  rotateWebhookSecret: { prepare: (scene) => aboutWebhook(scene, "POST", "/secret") },
  "rotateWebhookSecret: that has leaked": {
    prepare: (scene) => aboutWebhook(scene, "POST", "/secret", { leaked: true }),
  },
  enableWebhook: { prepare: (scene) => aboutWebhook(scene, "POST", "/enable", {}, turnedOff) },
  "enableWebhook: from now on": {
    prepare: (scene) => aboutWebhook(scene, "POST", "/enable", { skip_missed: true }, turnedOff),
  },
  removeWebhook: { again: 404, prepare: (scene) => aboutWebhook(scene, "DELETE") },
};

const slug = () => `t-${crypto.randomUUID().slice(0, 13)}`;

const WORDS = { subject: "Welcome to {brand}", not_you: "Leave it be." };

async function aboutLetter(scene: Scene, method: string, body?: object) {
  const { bearer } = await boss(scene);
  const { slug } = await newTenant();
  const path = `/admin/tenants/${slug}/letters/verify-email/en`;
  await scene.helper.ask(path, { method: "PUT", bearer, body: { lead: "Hello." } });
  return asks(scene.service, `${method} ${path}`, { bearer, ...(body && { body }) });
}

const SITE = { url: "https://studio.example.test" };

async function aboutSite(scene: Scene, method: string, body?: object) {
  const { bearer } = await boss(scene);
  const { slug } = await newTenant();
  const path = `/admin/tenants/${slug}/front-ends/studio`;
  const made = { method: "PUT", bearer, body: { url: "https://elsewhere.example.test" } };
  await scene.helper.ask(path, made);
  return asks(scene.service, `${method} ${path}`, { bearer, ...(body && { body }) });
}

function aClient() {
  const grants = ["client_credentials"];
  return { id: slug(), name: "Orders", grants, scopes: ["orders:read"], confidential: true };
}

async function aboutClient(scene: Scene, method: string, below = "", body?: object) {
  const { bearer } = await boss(scene);
  const made = aClient();
  await scene.helper.ask("/admin/clients", { bearer, body: made });
  const endpoint = `${method} /admin/clients/${made.id}${below}`;
  return asks(scene.service, endpoint, { bearer, ...(body && { body }) });
}

const aWebhook = () => ({ url: "https://hooks.example.com/in", events: ["key-made"] });

async function turnedOff(id: string): Promise<void> {
  await env.DB.prepare("UPDATE webhooks SET disabled_at = 1, position = 1 WHERE id = ?")
    .bind(id)
    .run();
}

async function aboutWebhook(
  scene: Scene,
  method: string,
  below = "",
  body?: object,
  become: (id: string) => Promise<void> = async () => undefined,
) {
  const { bearer } = await boss(scene);
  const made = await scene.helper.ask<{ id: string }>("/admin/webhooks", {
    bearer,
    body: aWebhook(),
  });
  await become(made.body.id);
  const endpoint = `${method} /admin/webhooks/${made.body.id}${below}`;
  return asks(scene.service, endpoint, { bearer, ...(body && { body }) });
}

async function boss({ member, signedIn }: Scene) {
  // After everybody else where they are listed.
  const email = `z-${crypto.randomUUID()}@example.test`;
  return signedIn(await member({ role: "superadmin", email }));
}

async function asBoss(scene: Scene, endpoint: string, body?: object): Promise<Send> {
  const { bearer } = await boss(scene);
  return asks(scene.service, endpoint, { bearer, ...(body && { body }) });
}

/** About somebody with an authenticator app, who is signed in. */
async function aboutOne(
  scene: Scene,
  method: string,
  below = "",
  body?: object,
  like?: Parameters<Scene["member"]>[0],
): Promise<Send> {
  const { id } = like ? await scene.signedIn(await scene.member(like)) : await scene.withApp();
  // Ids of one millisecond come in any order, and so would whose rows stand last in an index.
  passSeconds(1);
  return asBoss(scene, `${method} /admin/accounts/${id}${below}`, body);
}

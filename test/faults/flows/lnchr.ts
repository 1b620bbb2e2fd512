import { env } from "cloudflare:workers";
import { somebody } from "../../support/people.ts";
import { only } from "../../support/post-office.ts";
import { newTenant } from "../../support/tenants.ts";
import { codeIn } from "../../surfaces/lnchr/launcher.ts";
import { asks, asksSignedIn } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const NEW_PASSWORD = "another gentle otter";
const KEYS = "/api/v1/settings/service-keys";

/** By operation, and what is special about it after a colon. */
export const lnchr: Flows = {
  setupStatus: {
    prepare: async ({ service }) =>
      asks(service, `GET /${(await newTenant()).slug}/api/v1/auth/setup-status`),
  },
  setUp: {
    again: 409,
    ordersAfterwards: ["verify-email"],
    async prepare({ service }) {
      const { slug } = await newTenant();
      const { email, password } = somebody();
      const body = { email, password, first_name: "Robin", last_name: "Example" };
      return asks(service, `POST /${slug}/api/v1/auth/register`, { body });
    },
  },
  signIn: {
    async prepare({ service, member }) {
      const { email, password } = await member();
      return asks(service, "POST /api/v1/auth/login", { body: { email, password } });
    },
  },
  "signIn: in a tenant that the path names": {
    async prepare({ service, member }) {
      const { slug, tenantId } = await newTenant();
      const { email, password } = await member({ tenantId });
      return asks(service, `POST /${slug}/api/v1/auth/login`, { body: { email, password } });
    },
  },
  "signIn: with a code of the app beside the password": {
    again: 401,
    async prepare({ service, withApp }) {
      const { app, email, password } = await withApp();
      const body = { email, password, totp_code: app.code() };
      return asks(service, "POST /api/v1/auth/login", { body });
    },
  },
  signOutIfIn: { prepare: asksSignedIn("POST /api/v1/auth/logout") },
  sendLoginCode: {
    async prepare({ service, member }) {
      const { email } = await member();
      return asks(service, "POST /api/v1/auth/send-code", { body: { email } });
    },
  },
  signInWithCode: {
    again: 401,
    prepare: async (scene) => withMailedCode(scene, (await scene.member()).email),
  },
  "signInWithCode: that makes an account": {
    again: 401,
    prepare: (scene) => withMailedCode(scene, somebody().email),
  },
  "signInWithCode: and with a recovery code": {
    again: 401,
    async prepare(scene) {
      const { email, recoveryCode } = await scene.withApp();
      return withMailedCode(scene, email, { recovery_code: recoveryCode });
    },
  },
  currentAccount: { prepare: asksSignedIn("GET /api/v1/auth/me") },
  updateProfile: { prepare: asksSignedIn("PUT /api/v1/auth/me", { first_name: "Sam" }) },
  changePassword: {
    again: 401,
    prepare: asksSignedIn("PUT /api/v1/auth/me/password", ({ password }) => ({
      current_password: password,
      new_password: NEW_PASSWORD,
    })),
  },
  setInitialPassword: {
    again: 409,
    prepare: asksSignedIn("POST /api/v1/auth/me/set-initial-password", async ({ id }) => {
      await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?").bind(id).run();
      return { new_password: NEW_PASSWORD };
    }),
  },
  listServiceKeys: { prepare: asksSignedIn(`GET ${KEYS}`, undefined, anAdmin) },
  createServiceKey: { prepare: asksSignedIn(`POST ${KEYS}`, { name: "Deploys" }, anAdmin) },
  deleteServiceKey: {
    again: 404,
    prepare: asksSignedIn(
      async ({ bearer }, { helper }) => {
        const { body } = await helper.ask<{ data: { id: string } }>(KEYS, {
          bearer,
          body: { name: "Deploys" },
        });
        return `DELETE ${KEYS}/${body.data.id}`;
      },
      undefined,
      anAdmin,
    ),
  },
};

async function anAdmin({ member, signedIn }: Scene) {
  return signedIn(await member({ role: "admin" }));
}

async function withMailedCode({ service, helper }: Scene, email: string, given: object = {}) {
  await helper.ask("/api/v1/auth/send-code", { body: { email } });
  const code = codeIn(only(await helper.deliver()));
  return asks(service, "POST /api/v1/auth/verify-code", { body: { email, code, ...given } });
}

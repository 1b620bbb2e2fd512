import { passSeconds } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
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
    mayMailTwice: true,
    mailsAfterwards: ["invitation"],
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
    mayMailTwice: true,
    prepare: (scene) => aboutOne(scene, "POST", "/password-reset"),
  },
  inviteAccount: { mayMailTwice: true, prepare: (scene) => aboutOne(scene, "POST", "/invitation") },
  listAccountSessions: { prepare: (scene) => aboutOne(scene, "GET", "/sessions") },
  endAccountSessions: { prepare: (scene) => aboutOne(scene, "DELETE", "/sessions") },
  removeAccountFactor: { prepare: (scene) => aboutOne(scene, "DELETE", "/second-factor") },
  listAccountEvents: { prepare: (scene) => aboutOne(scene, "GET", "/events") },
  "listAccountEvents: older": {
    prepare: (scene) =>
      aboutOne(scene, "GET", "/events?cursor=ffffffff-ffff-7fff-bfff-ffffffffffff"),
  },
};

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

import { env } from "cloudflare:workers";
import type { Browser } from "../../support/browser.ts";
import { passSeconds } from "../../support/clock.ts";
import type { Flow, Flows, Send } from "../support/flow.ts";
import type { Member, Scene } from "../support/scene.ts";
import { opens, seen, submits } from "../support/visiting.ts";

const ACCOUNT = "/manage/accounts/:accountId";

/** What can be done to somebody with a password and an authenticator app. */
const DEEDS: Readonly<Record<string, Omit<Flow, "prepare">>> = {
  "password-reset": { maySendTwice: true },
  "sign-out": {},
  "second-factor-off": {},
  disable: {},
};

const deeds: Flows = Object.fromEntries(
  Object.entries(DEEDS).flatMap(([deed, special]): [string, Flow][] => [
    [`GET ${ACCOUNT}/${deed}`, { prepare: (scene) => opensBelow(scene, `/${deed}`) }],
    [`POST ${ACCOUNT}/${deed}`, { ...special, prepare: (scene) => submitsDeed(scene, deed) }],
  ]),
);

/** By page, and what is special about it after a colon. */
export const managePages: Flows = {
  "GET /manage": {
    prepare: async (scene) => opens(await bossBrowser(scene), "/manage"),
  },
  "GET /manage: with what was searched for": {
    async prepare(scene) {
      await Promise.all([scene.member(), scene.member()]);
      const browser = await bossBrowser(scene);
      const { form } = await seen(scene, browser, "/manage");
      const found = await browser.copy(scene.helper).submit(form("/manage"), { prefix: "p-" });
      return opens(browser, found.location ?? "");
    },
  },
  "POST /manage": {
    async prepare(scene) {
      const browser = await bossBrowser(scene);
      const { form } = await seen(scene, browser, "/manage");
      return submits(browser, form("/manage"), { prefix: "p-" });
    },
  },
  [`GET ${ACCOUNT}`]: { prepare: (scene) => opensBelow(scene, "") },
  [`GET ${ACCOUNT}/sessions`]: { prepare: (scene) => opensBelow(scene, "/sessions") },
  [`GET ${ACCOUNT}/events`]: { prepare: (scene) => opensBelow(scene, "/events") },
  [`GET ${ACCOUNT}/events: older`]: {
    // Before all that there will be: two ids of one millisecond come in any order.
    prepare: (scene) => opensBelow(scene, "/events?before=ffffffff-ffff-7fff-bfff-ffffffffffff"),
  },
  ...deeds,
  [`GET ${ACCOUNT}/invitation`]: {
    prepare: (scene) => opensBelow(scene, "/invitation", withoutPassword),
  },
  [`POST ${ACCOUNT}/invitation`]: {
    maySendTwice: true,
    prepare: (scene) => submitsDeed(scene, "invitation", withoutPassword),
  },
  [`GET ${ACCOUNT}/enable`]: { prepare: (scene) => opensBelow(scene, "/enable", disabled) },
  [`POST ${ACCOUNT}/enable`]: { prepare: (scene) => submitsDeed(scene, "enable", disabled) },
};

type Target = (scene: Scene) => Promise<Pick<Member, "id">>;

/** Somebody with an authenticator app, who is signed in. */
const withApp: Target = (scene) => scene.withApp();

const disabled: Target = (scene) => scene.member({ disabledAt: new Date() });

const withoutPassword: Target = async (scene) => {
  const person = await scene.member();
  await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?")
    .bind(person.id)
    .run();
  return person;
};

async function bossBrowser(scene: Scene): Promise<Browser> {
  // After everybody else where they are listed.
  const email = `z-${crypto.randomUUID()}@example.test`;
  return (await scene.inBrowser(await scene.member({ role: "superadmin", email }))).browser;
}

/** An administrator, and the path of an account. */
async function beforeAccount(scene: Scene, target: Target) {
  const { id } = await target(scene);
  // Ids of one millisecond come in any order, and so would whose rows stand last in an index.
  passSeconds(1);
  return { browser: await bossBrowser(scene), path: ACCOUNT.replace(":accountId", id) };
}

async function opensBelow(scene: Scene, below: string, target = withApp): Promise<Send> {
  const { browser, path } = await beforeAccount(scene, target);
  return opens(browser, path + below);
}

async function submitsDeed(scene: Scene, deed: string, target = withApp): Promise<Send> {
  const { browser, path } = await beforeAccount(scene, target);
  const page = await seen(scene, browser, `${path}/${deed}`);
  return submits(browser, page.form(`${path}/${deed}`));
}

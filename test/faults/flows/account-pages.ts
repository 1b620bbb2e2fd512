import { createdKey } from "../../support/api-keys.ts";
import { Authenticator } from "../../support/authenticator.ts";
import { PasskeyDevice } from "../../support/passkey-device.ts";
import { passkeyForm, passkeyOf } from "../../support/passkeys.ts";
import { somebody } from "../../support/people.ts";
import { tokenIn } from "../../support/post-office.ts";
import { withSecondFactor } from "../../surfaces/credebl/credebl.ts";
import type { Flow, Flows } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";
import { opens, opensSignedIn, seen, submits, submitsSignedIn } from "../support/visiting.ts";

const NEW_PASSWORD = "another gentle otter";
const SECURITY = "/account/security";

/** Pages that show something and do nothing. */
const SHOWN = [
  "/account",
  "/account/profile",
  "/account/security",
  "/account/security/password",
  "/account/security/email",
  "/account/security/two-factor",
  "/account/security/two-factor-off",
  "/account/security/recovery-codes",
  "/account/passkeys",
  "/account/sessions",
  "/account/sessions/elsewhere",
  "/account/keys",
  "/account/activity",
];

/** Paths that only take forms, and lead to the page above them. */
const TAKING_FORMS_ALONE = [
  "/account/security/email/again",
  "/account/security/two-factor/confirm",
  "/account/passkeys/rename",
  "/account/passkeys/remove",
  "/account/sessions/end",
  "/account/sessions/rename",
  "/account/keys/delete",
];

const shown: Flows = Object.fromEntries(
  [...SHOWN, ...TAKING_FORMS_ALONE].map((path): [string, Flow] => [
    `GET ${path}`,
    { prepare: opensSignedIn(path) },
  ]),
);

/** By page, and what is special about it after a colon. */
export const accountPages: Flows = {
  ...shown,
  "POST /account/profile": {
    prepare: submitsSignedIn("/account/profile", "/account/profile", () => ({ name: "Sam Otter" })),
  },
  "POST /account/security/password": {
    again: 401,
    prepare: submitsSignedIn(`${SECURITY}/password`, `${SECURITY}/password`, ({ password }) => ({
      current_password: password,
      password: NEW_PASSWORD,
    })),
  },
  "POST /account/security/email": {
    leaves:
      "a request that no link was mailed for, or that its owner was told of twice: it changes nothing",
    mostLost: 1,
    prepare: submitsSignedIn(`${SECURITY}/email`, `${SECURITY}/email`, () => ({
      email: somebody().email,
    })),
  },
  "POST /account/security/email/again": {
    async prepare(scene) {
      const unproved = await scene.member({ emailVerifiedAt: null });
      const { browser } = await scene.inBrowser(unproved);
      const page = await seen(scene, browser, `${SECURITY}/email`);
      return submits(browser, page.form(`${SECURITY}/email/again`));
    },
  },
  "GET /account/email/confirm": {
    async prepare(scene) {
      const { browser, token } = await withEmailChange(scene);
      return opens(browser, `/account/email/confirm?token=${token}`);
    },
  },
  "POST /account/email/confirm": {
    again: 400,
    async prepare(scene) {
      const { browser, token } = await withEmailChange(scene);
      const page = await seen(scene, browser, `/account/email/confirm?token=${token}`);
      return submits(browser, page.form("/account/email/confirm"));
    },
  },
  "POST /account/security/two-factor": {
    prepare: submitsSignedIn(`${SECURITY}/two-factor`, `${SECURITY}/two-factor`),
  },
  "POST /account/security/two-factor/confirm": {
    again: 303,
    beaten: { status: 401, saying: "That code is wrong, or was used already." },
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      const page = await seen(scene, browser, `${SECURITY}/two-factor`);
      const begun = await browser.copy(scene.helper).submit(page.form(`${SECURITY}/two-factor`));
      const secret = begun.lines.find((line) => /^([A-Z2-7]{4} ?){8}$/.test(line)) ?? "";
      const code = new Authenticator(secret.replaceAll(" ", "")).code();
      return submits(browser, begun.form(`${SECURITY}/two-factor/confirm`), { code });
    },
  },
  "POST /account/security/two-factor-off": {
    beaten: { status: 401, saying: "That code is wrong, or was used already." },
    prepare: (scene) =>
      withCodeOfApp(scene, `${SECURITY}/two-factor-off`, ({ password }) => ({ password })),
  },
  "POST /account/security/recovery-codes": {
    again: 401,
    prepare: (scene) => withCodeOfApp(scene, `${SECURITY}/recovery-codes`, () => ({})),
  },
  "POST /account/passkeys": {
    again: 409,
    beaten: { status: 409, saying: "That passkey is added already." },
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      const device = await PasskeyDevice.make();
      const { form, options } = passkeyForm(await seen(scene, browser, "/account/passkeys"));
      return submits(browser, form, { answer: await device.create(options), name: "My phone" });
    },
  },
  "POST /account/passkeys/rename": {
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      await passkeyOf(browser.copy(scene.helper));
      const page = await seen(scene, browser, "/account/passkeys");
      return submits(browser, page.form("/account/passkeys/rename"), { name: "Her phone" });
    },
  },
  "POST /account/passkeys/remove": {
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      await passkeyOf(browser.copy(scene.helper));
      const page = await seen(scene, browser, "/account/passkeys");
      return submits(browser, page.form("/account/passkeys/remove"));
    },
  },
  "POST /account/sessions/end": {
    prepare: (scene) => toAnotherSession(scene, "/account/sessions/end"),
  },
  "POST /account/sessions/rename": {
    prepare: (scene) =>
      toAnotherSession(scene, "/account/sessions/rename", { name: "The old laptop" }),
  },
  "POST /account/sessions/elsewhere": {
    async prepare(scene) {
      const { browser, person } = await scene.inBrowser();
      await scene.signedIn(person);
      const page = await seen(scene, browser, "/account/sessions/elsewhere");
      return submits(browser, page.form("/account/sessions/elsewhere"));
    },
  },
  "POST /account/keys": {
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      const form = (await seen(scene, browser, "/account/keys")).form("/account/keys");
      const typed = { name: "Backup script", "profile:read": "on", life: "90" };
      return submits(browser, { ...form, fields: { ...form.fields, ...typed } });
    },
  },
  "POST /account/keys/delete": {
    async prepare(scene) {
      const { browser, person } = await scene.inBrowser();
      const { bearer } = await scene.signedIn(person);
      await createdKey(scene.helper, bearer);
      const page = await seen(scene, browser, "/account/keys");
      return submits(browser, page.form("/account/keys/delete"));
    },
  },
};

/** Somebody who asked for another address, and the token of the link that was mailed there. */
async function withEmailChange(scene: Scene) {
  const { browser } = await scene.inBrowser();
  const page = await seen(scene, browser, `${SECURITY}/email`);
  const { email } = somebody();
  await browser.copy(scene.helper).submit(page.form(`${SECURITY}/email`), { email });
  const letter = (await scene.helper.deliver()).find(({ to }) => to === email);
  if (!letter) {
    throw new Error("no link was mailed");
  }
  return { browser, token: tokenIn(letter) };
}

async function withCodeOfApp(
  scene: Scene,
  path: string,
  typed: (who: { password: string }) => Record<string, string>,
) {
  const { browser, person } = await scene.inBrowser();
  const { app } = await withSecondFactor(scene.helper, person.id);
  const page = await seen(scene, browser, path);
  return submits(browser, page.form(path), { ...typed(person), code: app.code() });
}

async function toAnotherSession(scene: Scene, action: string, typed: Record<string, string> = {}) {
  const { browser, person } = await scene.inBrowser();
  await scene.signedIn(person);
  const page = await seen(scene, browser, "/account/sessions");
  const own = page.forms.filter((form) => form.action === action);
  const form = own.at(-1);
  if (!form) {
    throw new Error(`the page has no form that posts to ${action}`);
  }
  return submits(browser, form, typed);
}

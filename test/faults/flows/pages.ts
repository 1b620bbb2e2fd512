import { createdKey } from "../../support/api-keys.ts";
import { authorizationRequest, authorizePath } from "../../support/authorization.ts";
import { Browser } from "../../support/browser.ts";
import { startedDevice } from "../../support/devices.ts";
import { passkeyForm, passkeyOf } from "../../support/passkeys.ts";
import { somebody } from "../../support/people.ts";
import { only, tokenIn } from "../../support/post-office.ts";
import { withSecondFactor } from "../../surfaces/credebl/credebl.ts";
import { codeIn } from "../../surfaces/lnchr/launcher.ts";
import type { Flows } from "../support/flow.ts";
import type { Member, Scene } from "../support/scene.ts";
import { opens, opensSignedIn, seen, submits, submitsSignedIn } from "../support/visiting.ts";

const NEW_PASSWORD = "another gentle otter";
const FIRST_PARTY = { client_id: "test-first-party" };
const TO_REGISTER = "the link for whoever has no account: signing in goes on without it";
const ORPHAN = "a session that no browser was handed, and that ends by itself";

/** By page, and what is special about it after a colon. */
export const pages: Flows = {
  "GET /": { prepare: async ({ service }) => opens(new Browser(service), "/") },

  "GET /signin": {
    showsLess: TO_REGISTER,
    prepare: async ({ service }) => opens(new Browser(service), "/signin"),
  },
  "GET /signin: by somebody who is signed in": {
    showsLess: TO_REGISTER,
    prepare: opensSignedIn("/signin"),
  },
  "POST /signin": { prepare: (scene) => withPassword(scene) },
  "POST /signin: with a wrong password": {
    refused: 401,
    showsLess: TO_REGISTER,
    async prepare(scene) {
      const { email } = await scene.member();
      const { browser, form } = await formOn(scene, "/signin");
      return submits(browser, form, { email, password: "wrong" });
    },
  },
  "POST /signin: in a browser that has a session": {
    leaves: ORPHAN,
    async prepare(scene) {
      const { browser, person } = await scene.inBrowser();
      const page = await seen(scene, new Browser(scene.helper), "/signin");
      const { email, password } = person;
      return submits(browser, page.form("/signin"), { email, password });
    },
  },
  "POST /signin: of somebody with a second factor": {
    async prepare(scene) {
      const { email, password } = await scene.withApp();
      const { browser, form } = await formOn(scene, "/signin");
      return submits(browser, form, { email, password });
    },
  },
  "GET /signin/code": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/signin/code"),
  },
  "POST /signin/code": {
    again: 401,
    beaten: { status: 401, saying: "Please sign in once more" },
    async prepare(scene) {
      const { app, email, password } = await scene.withApp();
      const { form } = await formOn(scene, "/signin");
      const asked = await new Browser(scene.helper).submit(form, { email, password });
      const code = app.code();
      return submits(new Browser(scene.service), asked.form("/signin/code"), { code });
    },
  },
  "GET /signin/passkey": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/signin/passkey"),
  },
  "POST /signin/passkey": {
    again: 401,
    beaten: { status: 400, saying: "That page was open for too long, or was used already." },
    async prepare(scene) {
      const { browser } = await scene.inBrowser();
      const device = await passkeyOf(browser.copy(scene.helper));
      const page = await seen(scene, new Browser(scene.helper), "/signin");
      const { form, options } = passkeyForm(page);
      return submits(new Browser(scene.service), form, { answer: await device.get(options) });
    },
  },
  "GET /signin/mail": {
    showsLess: TO_REGISTER,
    prepare: async ({ service }) => opens(new Browser(service), "/signin/mail"),
  },
  "POST /signin/mail": {
    async prepare(scene) {
      const { email } = await scene.member();
      const { browser, form } = await formOn(scene, "/signin/mail");
      return submits(browser, form, { email });
    },
  },
  "GET /signin/mail/code": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/signin/mail/code"),
  },
  "POST /signin/mail/code": {
    again: 401,
    async prepare(scene) {
      const { email } = await scene.member();
      const { form } = await formOn(scene, "/signin/mail");
      const asked = await new Browser(scene.helper).submit(form, { email });
      const mailed_code = codeIn(only(await scene.helper.deliver()));
      return submits(new Browser(scene.service), asked.form("/signin/mail/code"), { mailed_code });
    },
  },
  "POST /signin/mail/code: of an address that nobody had proved": {
    again: 401,
    async prepare(scene) {
      const person = await scene.signedIn(await scene.member({ emailVerifiedAt: null }));
      await createdKey(scene.helper, person.bearer);
      await scene.helper.deliver();
      const { form } = await formOn(scene, "/signin/mail");
      const { email } = person;
      const asked = await new Browser(scene.helper).submit(form, { email });
      const mailed_code = codeIn(only(await scene.helper.deliver()));
      return submits(new Browser(scene.service), asked.form("/signin/mail/code"), { mailed_code });
    },
  },
  "POST /signout": { prepare: submitsSignedIn("/account", "/signout") },

  "GET /register": { prepare: async ({ service }) => opens(new Browser(service), "/register") },
  "POST /register": {
    leaves:
      "an account without its first mail: whoever registers it again is mailed a link that lets them in",
    mostLost: 1,
    async prepare(scene) {
      const { email, password, name } = somebody();
      const { browser, form } = await formOn(scene, "/register");
      return submits(browser, form, { email, password, name });
    },
  },
  "GET /forgot": { prepare: async ({ service }) => opens(new Browser(service), "/forgot") },
  "POST /forgot": {
    async prepare(scene) {
      const { email } = await scene.member();
      const { browser, form } = await formOn(scene, "/forgot");
      return submits(browser, form, { email });
    },
  },
  "GET /reset": {
    async prepare(scene) {
      return opens(new Browser(scene.service), `/reset?token=${await resetToken(scene)}`);
    },
  },
  "GET /reset-password": {
    async prepare(scene) {
      const path = `/reset-password?verificationCode=${await resetToken(scene)}`;
      return opens(new Browser(scene.service), path);
    },
  },
  "POST /reset": {
    again: 400,
    async prepare(scene) {
      const { browser, form } = await formOn(scene, `/reset?token=${await resetToken(scene)}`);
      return submits(browser, form, { password: NEW_PASSWORD });
    },
  },
  "POST /reset: of an address that nobody had proved": {
    again: 400,
    async prepare(scene) {
      const token = await resetToken(scene, await squatter(scene));
      const { browser, form } = await formOn(scene, `/reset?token=${token}`);
      return submits(browser, form, { password: NEW_PASSWORD });
    },
  },
  "GET /verify": {
    prepare: async ({ service }) => opens(new Browser(service), "/verify?token=x"),
  },
  "GET /verify-email-success": {
    prepare: async ({ service }) =>
      opens(
        new Browser(service),
        "/verify-email-success?verificationCode=x&email=a@meadow.example",
      ),
  },
  "POST /verify": {
    again: 400,
    async prepare(scene) {
      await scene.helper.ask("/api/register", { body: somebody() });
      const token = tokenIn(only(await scene.helper.deliver()));
      const { browser, form } = await formOn(scene, `/verify?token=${token}`);
      return submits(browser, form);
    },
  },
  "GET /secure": { prepare: async ({ service }) => opens(new Browser(service), "/secure?token=x") },
  "POST /secure": {
    again: 400,
    leaves: "an account that is secured, and the page that says so leads to another link",
    mostLost: 1,
    maySendTwice: true,
    async prepare(scene) {
      const { bearer } = await scene.signedIn();
      const body = { name: "a key", scopes: ["profile:read"] };
      await scene.helper.ask("/api/user/api-keys", { bearer, body });
      const token = tokenIn(only(await scene.helper.deliver()));
      const { browser, form } = await formOn(scene, `/secure?token=${token}`);
      return submits(browser, form);
    },
  },

  "GET /device": { prepare: opensSignedIn("/device") },
  "GET /device: with a code": {
    prepare: opensSignedIn(async (_, { helper }) => {
      const { userCode } = await startedDevice(helper);
      return `/device?user_code=${userCode}`;
    }),
  },
  "GET /device: with a wrong code": {
    refused: 404,
    prepare: opensSignedIn("/device?user_code=BCDF-GHJK"),
  },
  "POST /device": { again: 409, prepare: (scene) => decides(scene, "approve") },
  "POST /device: a no": { again: 409, prepare: (scene) => decides(scene, "deny") },

  "GET /oauth/authorize": { prepare: opensSignedIn(authorizePath()) },
  "GET /oauth/authorize: by nobody": {
    prepare: async ({ service }) => opens(new Browser(service), authorizePath()),
  },
  "GET /oauth/authorize: of a first-party client": {
    prepare: opensSignedIn(authorizePath(FIRST_PARTY)),
  },
  "POST /oauth/authorize": {
    async prepare({ service }) {
      const browser = new Browser(service);
      const fields = Object.fromEntries(authorizationRequest());
      return submits(browser, { ...NO_FORM, action: "/oauth/authorize", fields });
    },
  },
  "GET /oauth/consent": {
    prepare: opensSignedIn(async (_, { helper }) => {
      const { location } = await new Browser(helper).open(authorizePath());
      return new URL(location ?? "", "http://x").searchParams.get("return_to") ?? "";
    }),
  },
  "POST /oauth/consent": { prepare: (scene) => consents(scene, "allow") },
  "POST /oauth/consent: a no": { prepare: (scene) => consents(scene, "deny") },

  "GET /style.css": { prepare: async ({ service }) => opens(new Browser(service), "/style.css") },
  "GET /assets/logo": {
    refused: 404,
    prepare: async ({ service }) => opens(new Browser(service), "/assets/logo"),
  },
  "GET /assets/passkey.js": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/assets/passkey.js"),
  },
  "GET /openapi.json": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/openapi.json"),
  },
  "GET /docs": { prepare: async ({ service }) => opens(new Browser(service), "/docs") },
  "GET /assets/docs.css": {
    asksNothing: true,
    prepare: async ({ service }) => opens(new Browser(service), "/assets/docs.css"),
  },
  "GET /dev/mailbox": {
    prepare: async ({ service }) => opens(new Browser(service), "/dev/mailbox"),
  },
  "GET /dev/mailbox/:id": {
    refused: 404,
    prepare: async ({ service }) => opens(new Browser(service), "/dev/mailbox/1"),
  },
  "GET /dev/mailbox.json": {
    prepare: async ({ service }) => opens(new Browser(service), "/dev/mailbox.json"),
  },
};

const NO_FORM = { method: "post", boxes: {}, buttons: [], passkeyOptions: null };

/** A form as a page shows it that was open before, and a browser of nobody's to send it from. */
async function formOn(scene: Scene, path: string) {
  const browser = new Browser(scene.service);
  const page = await seen(scene, browser, path);
  const action = path.replace(/\?.*/, "");
  return { browser, form: page.form(action) };
}

async function withPassword(scene: Scene) {
  const { email, password } = await scene.member();
  const { browser, form } = await formOn(scene, "/signin");
  return submits(browser, form, { email, password });
}

/** Whose address nobody has proved, with a key and an app. */
async function squatter({ helper, member, signedIn }: Scene): Promise<Member> {
  const person = await signedIn(await member({ emailVerifiedAt: null }));
  await createdKey(helper, person.bearer);
  await withSecondFactor(helper, person.id);
  await helper.deliver();
  return person;
}

async function resetToken({ helper, member }: Scene, known?: Member): Promise<string> {
  const { email } = known ?? (await member());
  await helper.ask("/api/forgot-password", { body: { email } });
  return tokenIn(only(await helper.deliver()));
}

async function decides(scene: Scene, decision: string) {
  const { userCode } = await startedDevice(scene.helper);
  const path = `/device?user_code=${userCode}`;
  return submitsSignedIn(path, "/device", () => ({ decision }))(scene);
}

function consents(scene: Scene, decision: string) {
  return submitsSignedIn(authorizePath(), "/oauth/consent", () => ({ decision }))(scene);
}

import { TOTP } from "otpauth";
import type { Page, Response } from "playwright-core";
import { newPerson } from "../../live/support/person.ts";
import { openPath } from "../support/open-path.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import { startDevice } from "../support/start-device.ts";
import { wrongCode } from "../support/wrong-code.ts";
import type { State } from "./state.ts";

const TWO_FACTOR = "/account/security/two-factor";
const SET_UP = "form[action$='/two-factor/confirm'] button";

/** What people see to on their own account. */
export const accountStates: readonly State[] = [
  {
    name: "account",
    title: ({ account }) => account.overview.title,
    reach: (page) => toPage(page, "/account"),
  },
  {
    name: "account-profile",
    title: ({ account }) => account.pages["/account/profile"],
    reach: (page) => toPage(page, "/account/profile"),
  },
  {
    name: "account-profile-saved",
    title: ({ account }) => account.pages["/account/profile"],
    async reach(page) {
      await toPageAnew(page, "/account/profile");
      return sendForm(page, { name: "Robin of Example" });
    },
  },
  {
    name: "account-security",
    title: ({ accountSecurity }) => accountSecurity.title,
    reach: (page) => toPage(page, "/account/security"),
  },
  {
    name: "account-password",
    title: ({ accountSecurity }) => accountSecurity.change.title,
    reach: (page) => toPage(page, "/account/security/password"),
  },
  {
    name: "account-password-refused",
    status: 401,
    title: ({ accountSecurity }) => accountSecurity.change.title,
    hasProblems: true,
    async reach(page) {
      await toPage(page, "/account/security/password");
      return sendForm(page, { current_password: "not mine", password: "gentle otters swim" });
    },
  },
  {
    name: "account-email",
    title: ({ accountEmail }) => accountEmail.title,
    reach: (page) => toPage(page, "/account/security/email"),
  },
  {
    name: "account-two-factor-off",
    title: ({ accountSecondFactor }) => accountSecondFactor.title,
    reach: (page) => toPage(page, TWO_FACTOR),
  },
  {
    name: "account-two-factor-set-up",
    title: ({ accountSecondFactor }) => accountSecondFactor.setUp.title,
    async reach(page) {
      await toPage(page, TWO_FACTOR);
      return sendForm(page);
    },
  },
  {
    name: "account-two-factor-set-up-refused",
    status: 401,
    title: ({ accountSecondFactor }) => accountSecondFactor.setUp.title,
    hasProblems: true,
    async reach(page) {
      await toPage(page, TWO_FACTOR);
      await sendForm(page);
      const secret = (await page.locator(".secret").innerText()).replaceAll(" ", "");
      return sendForm(page, { code: wrongCode(new TOTP({ secret })) }, SET_UP);
    },
  },
  {
    name: "account-two-factor-on",
    title: ({ accountSecondFactor }) => accountSecondFactor.title,
    reach: (page) => toPageWithSecondFactor(page, TWO_FACTOR),
  },
  {
    name: "account-two-factor-turn-off",
    title: ({ accountSecondFactor }) => accountSecondFactor.turnOff.title,
    reach: (page) => toPageWithSecondFactor(page, "/account/security/two-factor-off"),
  },
  {
    name: "account-recovery-codes-replace",
    title: ({ accountSecondFactor }) => accountSecondFactor.replace.title,
    reach: (page) => toPageWithSecondFactor(page, "/account/security/recovery-codes"),
  },
  {
    name: "account-sessions",
    title: ({ accountSessions }) => accountSessions.title,
    async reach(page) {
      const { userCode, poll } = await startDevice();
      await toPageAnew(page, "/device");
      await sendForm(page, { user_code: userCode });
      await sendForm(page, {}, "button[value=approve]");
      await poll();
      return openPath(page, "/account/sessions");
    },
  },
  {
    name: "account-sessions-elsewhere",
    title: ({ accountSessions }) => accountSessions.elsewhere.title,
    reach: (page) => toPage(page, "/account/sessions/elsewhere"),
  },
  {
    name: "account-keys",
    title: ({ accountKeys }) => accountKeys.title,
    reach: (page) => toPage(page, "/account/keys"),
  },
  {
    name: "account-keys-refused",
    status: 400,
    title: ({ accountKeys }) => accountKeys.title,
    hasProblems: true,
    async reach(page) {
      await toPage(page, "/account/keys");
      return sendForm(page, { name: "x".repeat(400) });
    },
  },
  {
    name: "account-key-made",
    title: ({ accountKeys }) => accountKeys.created.title,
    async reach(page) {
      await toPageAnew(page, "/account/keys");
      return sendForm(page, { name: "Nightly export", "profile:read": true });
    },
  },
  {
    name: "account-activity",
    title: ({ accountActivity }) => accountActivity.title,
    reach: (page) => toPage(page, "/account/activity"),
  },
  {
    name: "account-lapsed-form",
    status: 403,
    title: ({ account }) => account.lapsed.title,
    async reach(page) {
      const earlier = await page.context().newPage();
      await toPageAnew(earlier, "/account/profile");
      const field = earlier.locator("form[action='/account/profile'] [name=csrf]");
      const token = await field.inputValue();
      await earlier.close();
      await page.context().clearCookies();
      await toPageAnew(page, "/account/profile");
      await page
        .locator("form[action='/account/profile'] [name=csrf]")
        .evaluate((element, value) => element.setAttribute("value", value), token);
      return sendForm(page, { name: "Robin" });
    },
  },
];

async function toPage(page: Page, path: string): Promise<Response> {
  await somebodySignedIn(page);
  return openPath(page, path);
}

/** As somebody whom nobody else's changes show. */
async function toPageAnew(page: Page, path: string): Promise<Response> {
  await signIn(page, await newPerson());
  return openPath(page, path);
}

async function toPageWithSecondFactor(page: Page, path: string): Promise<Response> {
  const person = await newPerson();
  const { nextCode } = await secondFactorOf(person);
  await signIn(page, person);
  await sendForm(page, { code: nextCode() });
  return openPath(page, path);
}

import type { Page, Response } from "playwright-core";
import { discovered } from "../../live/support/discovered.ts";
import { newPerson, type Person } from "../../live/support/person.ts";
import { prepareSignIn } from "../../live/support/sign-in.ts";
import { testClients } from "../../live/support/test-clients.ts";
import { anEmail } from "../support/an-email.ts";
import { mailedCode } from "../support/mail.ts";
import { openPath } from "../support/open-path.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import type { State } from "./state.ts";

const WRONG_PASSWORD = "not-the-password";

/** Signing in, by every way and step by step. */
export const signInStates: readonly State[] = [
  {
    name: "signin",
    title: ({ signIn }) => signIn.anyone.title,
    reach: (page) => openPath(page, "/signin"),
  },
  {
    name: "signin-for-an-app",
    title: ({ signIn }) => signIn.anyone.title,
    reach: (page) => toApp(page),
  },
  {
    name: "signin-refused",
    status: 401,
    title: ({ signIn }) => signIn.anyone.title,
    hasProblems: true,
    reach: (page) => signIn(page, { email: anEmail(), password: WRONG_PASSWORD }),
  },
  {
    name: "signin-throttled",
    status: 429,
    title: ({ signIn }) => signIn.anyone.title,
    hasProblems: true,
    async reach(page) {
      let answer = await signIn(page, { email: anEmail(), password: WRONG_PASSWORD });
      while (answer.status() === 401) {
        answer = await sendForm(page, { password: WRONG_PASSWORD });
      }
      return answer;
    },
  },
  {
    name: "signin-signed-in",
    title: ({ signIn }) => signIn.signedIn.title,
    async reach(page) {
      await somebodySignedIn(page);
      return openPath(page, "/signin");
    },
  },
  {
    name: "signin-anew",
    title: ({ signIn }) => signIn.anew.title,
    async reach(page) {
      await somebodySignedIn(page);
      return toApp(page, { prompt: "login" });
    },
  },
  {
    name: "second-factor",
    title: ({ secondFactor }) => secondFactor.title,
    reach: toSecondFactor,
  },
  {
    name: "second-factor-refused",
    status: 401,
    title: ({ secondFactor }) => secondFactor.title,
    hasProblems: true,
    async reach(page) {
      await toSecondFactor(page);
      return sendForm(page, { code: "000-wrong" });
    },
  },
  {
    name: "mailed-code",
    title: ({ mailedCode }) => mailedCode.ask.title,
    reach: (page) => openPath(page, "/signin/mail"),
  },
  {
    name: "mailed-code-sent",
    title: ({ mailedCode }) => mailedCode.enter.title,
    reach: askForCode,
  },
  {
    name: "mailed-code-refused",
    status: 401,
    title: ({ mailedCode }) => mailedCode.enter.title,
    hasProblems: true,
    async reach(page) {
      await askForCode(page);
      return sendForm(page, { mailed_code: "000-wrong" });
    },
  },
  {
    name: "mailed-code-second-factor",
    title: ({ secondFactor }) => secondFactor.title,
    async reach(page) {
      const { email } = await somebodyWithApp();
      await openPath(page, "/signin/mail");
      await sendForm(page, { email });
      const answer = await sendForm(page, { mailed_code: await mailedCode(email) });
      // Open, so that what is in it can be seen.
      await page
        .locator("details")
        .last()
        .evaluate((hint) => hint.setAttribute("open", ""));
      return answer;
    },
  },
  {
    name: "mailed-code-throttled",
    status: 429,
    title: ({ mailedCode }) => mailedCode.enter.title,
    hasProblems: true,
    async reach(page) {
      let answer = await askForCode(page);
      while (answer.status() !== 429) {
        answer = await sendForm(page, { mailed_code: "000-wrong" });
      }
      return answer;
    },
  },
];

async function toApp(page: Page, parameters: Record<string, string> = {}): Promise<Response> {
  const { request } = await prepareSignIn(await discovered(testClients.app), parameters);
  return openPath(page, request);
}

async function toSecondFactor(page: Page): Promise<Response> {
  return signIn(page, await somebodyWithApp());
}

async function somebodyWithApp(): Promise<Person> {
  const person = await newPerson();
  await secondFactorOf(person);
  return person;
}

async function askForCode(page: Page): Promise<Response> {
  await openPath(page, "/signin/mail");
  return sendForm(page, { email: anEmail() });
}

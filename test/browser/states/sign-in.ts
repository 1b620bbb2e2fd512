import type { Page, Response } from "playwright-core";
import { discovered } from "../../live/support/discovered.ts";
import { newPerson } from "../../live/support/person.ts";
import { prepareSignIn } from "../../live/support/sign-in.ts";
import { testClients } from "../../live/support/test-clients.ts";
import { openPath } from "../support/open-path.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import type { State } from "./state.ts";

const nobody = { email: "nobody@example.test", password: "not-the-password" };

/** Signing in, step by step. */
export const signInStates: readonly State[] = [
  {
    name: "signin",
    status: 200,
    title: { en: "Sign in" },
    reach: (page) => openPath(page, "/signin"),
  },
  {
    name: "signin-for-an-app",
    status: 200,
    title: { en: "Sign in" },
    async reach(page) {
      const { request } = await prepareSignIn(await discovered(testClients.app));
      return openPath(page, request);
    },
  },
  {
    name: "signin-refused",
    status: 401,
    title: { en: "Error: Sign in" },
    reach: (page) => signIn(page, nobody),
  },
  {
    name: "signin-throttled",
    status: 429,
    title: { en: "Error: Sign in" },
    async reach(page) {
      const { email } = await newPerson();
      let answer = await signIn(page, { ...nobody, email });
      while (answer.status() === 401) {
        answer = await sendForm(page, { password: nobody.password });
      }
      return answer;
    },
  },
  {
    name: "second-factor",
    status: 200,
    title: { en: "Enter your code" },
    reach: toSecondFactor,
  },
  {
    name: "second-factor-refused",
    status: 401,
    title: { en: "Error: Enter your code" },
    async reach(page) {
      await toSecondFactor(page);
      return sendForm(page, { code: "000-wrong" });
    },
  },
];

async function toSecondFactor(page: Page): Promise<Response> {
  const person = await newPerson();
  await secondFactorOf(person);
  return signIn(page, person);
}

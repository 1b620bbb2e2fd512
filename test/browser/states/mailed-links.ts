import type { Page, Response } from "playwright-core";
import { newPerson, unprovedPerson } from "../../live/support/person.ts";
import { postAs } from "../../live/support/post-as.ts";
import { anEmail } from "../support/an-email.ts";
import { mailedLink } from "../support/mail.ts";
import { openPath } from "../support/open-path.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import type { State } from "./state.ts";

const PASSWORD = "gentle otters swim";

/** Registering, forgetting a password and changing an address: what takes a mail. */
export const mailedLinkStates: readonly State[] = [
  {
    name: "register",
    title: ({ register }) => register.title,
    reach: (page) => openPath(page, "/register"),
  },
  {
    name: "register-refused",
    status: 400,
    title: ({ register }) => register.title,
    hasProblems: true,
    reach: (page) => register(page, anEmail(), "password"),
  },
  {
    name: "register-sent",
    title: ({ register }) => register.sent.title,
    reach: (page) => register(page, anEmail()),
  },
  {
    name: "verify",
    title: ({ verify }) => verify.title,
    reach: toVerify,
  },
  {
    name: "verify-done",
    title: ({ verify }) => verify.done.title,
    async reach(page) {
      await toVerify(page);
      return sendForm(page);
    },
  },
  {
    name: "verify-dead-link",
    status: 400,
    title: ({ deadLink }) => deadLink.title,
    reach: (page) => openPath(page, "/verify"),
  },
  {
    name: "forgot",
    title: ({ forgot }) => forgot.title,
    reach: (page) => openPath(page, "/forgot"),
  },
  {
    name: "forgot-sent",
    title: ({ forgot }) => forgot.sent.title,
    reach: (page) => askForLink(page, anEmail()),
  },
  {
    name: "reset",
    title: ({ reset }) => reset.title,
    reach: toReset,
  },
  {
    name: "reset-first",
    title: ({ reset }) => reset.first.title,
    // Whose it is shows when it is used.
    reach: (page) => openPath(page, "/reset?token=unused&first=1"),
  },
  {
    name: "reset-refused",
    status: 400,
    title: ({ reset }) => reset.title,
    hasProblems: true,
    async reach(page) {
      await toReset(page);
      return sendForm(page, { password: "password" });
    },
  },
  {
    name: "reset-done",
    title: ({ reset }) => reset.done.title,
    async reach(page) {
      await toReset(page);
      return sendForm(page, { password: PASSWORD });
    },
  },
  {
    name: "reset-done-unconfirmed",
    title: ({ reset }) => reset.done.title,
    async reach(page) {
      const stranger = await unprovedPerson();
      await postAs(stranger, "/api/user/api-keys", { name: "A key", scopes: ["profile:read"] });
      await secondFactorOf(stranger);
      await askForLink(page, stranger.email);
      await openPath(page, await mailedLink(stranger.email, "/reset"));
      return sendForm(page, { password: PASSWORD });
    },
  },
  {
    name: "reset-dead-link",
    status: 400,
    title: ({ deadLink }) => deadLink.title,
    async reach(page) {
      await openPath(page, "/reset?token=spent");
      return sendForm(page, { password: PASSWORD });
    },
  },
  {
    name: "new-email",
    title: ({ emailChange }) => emailChange.title,
    reach: toNewEmail,
  },
  {
    name: "new-email-done",
    title: ({ emailChange }) => emailChange.done.title,
    async reach(page) {
      await toNewEmail(page);
      return sendForm(page);
    },
  },
  {
    name: "secure",
    title: ({ secure }) => secure.title,
    reach: toSecure,
  },
  {
    name: "secure-done",
    title: ({ secure }) => secure.done.title,
    async reach(page) {
      await toSecure(page);
      return sendForm(page);
    },
  },
];

async function register(page: Page, email: string, password = PASSWORD): Promise<Response> {
  await openPath(page, "/register");
  return sendForm(page, { name: "Robin Example", email, password });
}

async function toVerify(page: Page): Promise<Response> {
  const email = anEmail();
  await register(page, email);
  return openPath(page, await mailedLink(email, "/verify"));
}

async function askForLink(page: Page, email: string): Promise<Response> {
  await openPath(page, "/forgot");
  return sendForm(page, { email });
}

async function toReset(page: Page): Promise<Response> {
  const { email } = await newPerson();
  await askForLink(page, email);
  return openPath(page, await mailedLink(email, "/reset"));
}

async function toNewEmail(page: Page): Promise<Response> {
  const email = anEmail();
  await signIn(page, await newPerson());
  await openPath(page, "/account/security/email");
  await sendForm(page, { email });
  return openPath(page, await mailedLink(email, "/account/email/confirm"));
}

async function toSecure(page: Page): Promise<Response> {
  const person = await newPerson();
  await signIn(page, person);
  await openPath(page, "/account/keys");
  await sendForm(page, { name: "A stranger's" });
  return openPath(page, await mailedLink(person.email, "/secure"));
}

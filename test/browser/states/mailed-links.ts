import { randomBytes } from "node:crypto";
import type { Page, Response } from "playwright-core";
import { anAddress } from "../../live/support/an-address.ts";
import { newPerson } from "../../live/support/person.ts";
import { postAs } from "../../live/support/post-as.ts";
import { mailedLink } from "../support/mail.ts";
import { openPath } from "../support/open-path.ts";
import { sendForm } from "../support/send-form.ts";
import type { State } from "./state.ts";

/** Forgetting a password, setting a new one and proving an address. */
export const mailedLinkStates: readonly State[] = [
  {
    name: "forgot",
    status: 200,
    title: { en: "Forgot your password?" },
    reach: (page) => openPath(page, "/forgot"),
  },
  {
    name: "forgot-sent",
    status: 200,
    title: { en: "Check your inbox" },
    reach: (page) => askForLink(page, "nobody@example.test"),
  },
  {
    name: "reset",
    status: 200,
    title: { en: "Set a new password" },
    reach: toReset,
  },
  {
    name: "reset-refused",
    status: 400,
    title: { en: "Error: Set a new password" },
    async reach(page) {
      await toReset(page);
      return sendForm(page, { password: "password" });
    },
  },
  {
    name: "reset-done",
    status: 200,
    title: { en: "Password set" },
    async reach(page) {
      await toReset(page);
      return sendForm(page, { password: "a brand new sentence" });
    },
  },
  {
    name: "reset-dead-link",
    status: 400,
    title: { en: "This link no longer works" },
    async reach(page) {
      await openPath(page, "/reset?token=spent");
      return sendForm(page, { password: "a brand new sentence" });
    },
  },
  {
    name: "verify",
    status: 200,
    title: { en: "Confirm your e-mail address" },
    reach: toVerify,
  },
  {
    name: "verify-done",
    status: 200,
    title: { en: "Address confirmed" },
    async reach(page) {
      await toVerify(page);
      return sendForm(page);
    },
  },
  {
    name: "verify-dead-link",
    status: 400,
    title: { en: "This link no longer works" },
    reach: (page) => openPath(page, "/verify"),
  },
];

async function askForLink(page: Page, email: string): Promise<Response> {
  await openPath(page, "/forgot");
  return sendForm(page, { email });
}

async function toReset(page: Page): Promise<Response> {
  const { email } = await newPerson();
  await askForLink(page, email);
  return openPath(page, await mailedLink(email, "/reset"));
}

async function toVerify(page: Page): Promise<Response> {
  const email = `p-${randomBytes(6).toString("hex")}@example.test`;
  const credentials = { email, password: "gentle otters swim", name: "Robin Example" };
  await postAs({ address: anAddress() }, "/api/register", credentials);
  return openPath(page, await mailedLink(email, "/verify"));
}

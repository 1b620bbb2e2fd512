import type { Page, Response } from "playwright-core";
import { newPerson } from "../../live/support/person.ts";
import { administrator } from "../support/administrator.ts";
import { openPath } from "../support/open-path.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import type { State } from "./state.ts";

/** What administrators do about other people's accounts. */
export const manageStates: readonly State[] = [
  {
    name: "manage",
    title: ({ manage }) => manage.title,
    reach: (page) => toPage(page, "/manage"),
  },
  {
    name: "manage-found",
    title: ({ manage }) => manage.title,
    async reach(page) {
      // As many as a page shows, or all of this run.
      await Promise.all([newPerson(), newPerson(), newPerson()]);
      await toPage(page, "/manage");
      return sendForm(page, { prefix: "p-" });
    },
  },
  {
    name: "manage-account",
    title: ({ manage }) => manage.account.title,
    reach: (page) => toAccount(page),
  },
  {
    name: "manage-account-done",
    title: ({ manage }) => manage.account.title,
    async reach(page) {
      await toAccount(page, "/disable");
      return sendForm(page);
    },
  },
  {
    name: "manage-sessions",
    title: ({ manage }) => manage.sessions.title,
    reach: (page) => toAccount(page, "/sessions"),
  },
  {
    name: "manage-events",
    title: ({ manage }) => manage.events.title,
    async reach(page) {
      await toAccount(page, "/sign-out");
      await sendForm(page);
      return openPath(page, `${new URL(page.url()).pathname}/events`);
    },
  },
  {
    name: "manage-deed",
    title: ({ manage }) => manage.deeds.disable.title,
    reach: (page) => toAccount(page, "/disable"),
  },
  {
    name: "manage-deed-refused",
    status: 409,
    title: ({ manage }) => manage.deeds["password-reset"].title,
    hasProblems: true,
    async reach(page) {
      await toAccount(page, "/password-reset");
      const meanwhile = await page.context().newPage();
      await openPath(meanwhile, page.url().replace("password-reset", "disable"));
      await sendForm(meanwhile);
      await meanwhile.close();
      return sendForm(page);
    },
  },
  {
    name: "manage-unknown",
    status: 404,
    title: ({ manage }) => manage.unknown.title,
    reach: (page) => toPage(page, "/manage/accounts/0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21"),
  },
  {
    name: "manage-closed",
    status: 403,
    title: ({ manage }) => manage.closed.title,
    async reach(page) {
      await somebodySignedIn(page);
      return openPath(page, "/manage");
    },
  },
];

async function toPage(page: Page, path: string): Promise<Response> {
  await signIn(page, await administrator());
  return openPath(page, path);
}

/** A page of somebody new. */
async function toAccount(page: Page, below = ""): Promise<Response> {
  const { id } = await newPerson();
  return toPage(page, `/manage/accounts/${id}${below}`);
}

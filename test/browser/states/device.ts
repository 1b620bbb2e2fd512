import type { Page, Response } from "playwright-core";
import { decide, newPerson } from "../../live/support/person.ts";
import { homeClient, hostileClient } from "../support/browser-clients.ts";
import { openPath } from "../support/open-path.ts";
import { ABROAD } from "../support/place.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import { startDevice } from "../support/start-device.ts";
import type { State } from "./state.ts";

/** Connecting a device. */
export const deviceStates: readonly State[] = [
  {
    name: "device",
    title: ({ device }) => device.title,
    reach: toCodeForm,
  },
  {
    name: "device-code-unknown",
    status: 404,
    title: ({ device }) => device.title,
    hasProblems: true,
    reach: guess,
  },
  {
    name: "device-code-used",
    status: 409,
    title: ({ device }) => device.title,
    hasProblems: true,
    async reach(page) {
      const { userCode } = await startDevice();
      await decide(await newPerson(), userCode);
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-throttled",
    status: 429,
    title: ({ device }) => device.title,
    hasProblems: true,
    async reach(page) {
      let answer = await guess(page);
      while (answer.status() === 404) {
        answer = await sendForm(page, { user_code: "CCCC-CCCC" });
      }
      return answer;
    },
  },
  {
    name: "device-question-typed",
    title: ({ device }) => device.confirm.title,
    reach: toQuestion,
  },
  {
    name: "device-question-linked",
    title: ({ device }) => device.confirm.title,
    reach: followLink,
  },
  {
    name: "device-question-not-compared",
    status: 400,
    title: ({ device }) => device.confirm.title,
    hasProblems: true,
    async reach(page) {
      await followLink(page);
      // A browser asks for the box to be ticked; one that does not is told by the page.
      await page.locator("[name=compared]").evaluate((box) => box.removeAttribute("required"));
      return sendForm(page, {}, "button[value=approve]");
    },
  },
  {
    name: "device-question-abroad",
    title: ({ device }) => device.confirm.title,
    async reach(page) {
      const { userCode } = await startDevice({ place: ABROAD });
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-question-place-demanded",
    title: ({ device }) => device.confirm.title,
    async reach(page) {
      const { userCode } = await startDevice({ registered: homeClient, place: ABROAD });
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-question-hostile-name",
    title: ({ device }) => device.confirm.title,
    async reach(page) {
      const { userCode } = await startDevice({ registered: hostileClient });
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-approved",
    title: ({ device }) => device.approved.title,
    async reach(page) {
      await toQuestion(page);
      return sendForm(page, {}, "button[value=approve]");
    },
  },
  {
    name: "device-denied",
    title: ({ device }) => device.denied.title,
    async reach(page) {
      await toQuestion(page);
      return sendForm(page, {}, "button[value=deny]");
    },
  },
];

async function toCodeForm(page: Page): Promise<Response> {
  await somebodySignedIn(page);
  return openPath(page, "/device");
}

async function typeCode(page: Page, code: string): Promise<Response> {
  await toCodeForm(page);
  return sendForm(page, { user_code: code });
}

/** As somebody of their own: wrong codes close code entry to an account. */
async function guess(page: Page): Promise<Response> {
  await signIn(page, await newPerson());
  await openPath(page, "/device");
  return sendForm(page, { user_code: "BBBB-BBBB" });
}

async function toQuestion(page: Page): Promise<Response> {
  const { userCode } = await startDevice();
  return typeCode(page, userCode);
}

async function followLink(page: Page): Promise<Response> {
  const { link } = await startDevice();
  await somebodySignedIn(page);
  return openPath(page, link);
}

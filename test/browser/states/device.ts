import type { Page, Response } from "playwright-core";
import { decide, newPerson } from "../../live/support/person.ts";
import { hostileClient } from "../support/browser-clients.ts";
import { sendForm } from "../support/send-form.ts";
import { signIn } from "../support/sign-in.ts";
import { startDevice } from "../support/start-device.ts";
import type { State } from "./state.ts";

/** Connecting a device. */
export const deviceStates: readonly State[] = [
  {
    name: "device",
    status: 200,
    title: { en: "Connect a device" },
    async reach(page) {
      return signIn(page, await newPerson());
    },
  },
  {
    name: "device-code-unknown",
    status: 404,
    title: { en: "Error: Connect a device" },
    reach: (page) => typeCode(page, "BBBB-BBBB"),
  },
  {
    name: "device-code-used",
    status: 409,
    title: { en: "Error: Connect a device" },
    async reach(page) {
      const { userCode } = await startDevice();
      await decide(await newPerson(), userCode);
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-throttled",
    status: 429,
    title: { en: "Error: Connect a device" },
    async reach(page) {
      let answer = await typeCode(page, "BBBB-BBBB");
      while (answer.status() === 404) {
        answer = await sendForm(page, { user_code: "CCCC-CCCC" });
      }
      return answer;
    },
  },
  {
    name: "device-question",
    status: 200,
    title: { en: "Confirm a device" },
    reach: toQuestion,
  },
  {
    name: "device-question-hostile-name",
    status: 200,
    title: { en: "Confirm a device" },
    async reach(page) {
      const { userCode } = await startDevice(hostileClient);
      return typeCode(page, userCode);
    },
  },
  {
    name: "device-approved",
    status: 200,
    title: { en: "Device approved" },
    async reach(page) {
      await toQuestion(page);
      return sendForm(page, {}, "button[value=approve]");
    },
  },
  {
    name: "device-denied",
    status: 200,
    title: { en: "Device denied" },
    async reach(page) {
      await toQuestion(page);
      return sendForm(page, {}, "button[value=deny]");
    },
  },
];

async function toQuestion(page: Page): Promise<Response> {
  const { userCode } = await startDevice();
  return typeCode(page, userCode);
}

async function typeCode(page: Page, code: string): Promise<Response> {
  await signIn(page, await newPerson());
  return sendForm(page, { user_code: code });
}

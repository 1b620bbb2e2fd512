import { mailbox } from "../../../scripts/demo/replies.ts";
import { answerTo } from "./answer-to.ts";
import { until } from "./until.ts";

/** The tokens of mailed links, and the code to sign in with. */
export const VERIFY_LINK = /\/verify\?token=([\w-]+)/;
export const RESET_LINK = /\/reset\?token=([\w-]+)/;
export const LOGIN_CODE = /^(\d{6})$/m;

/** What a letter to an address brings, once the queue has delivered it to the development mailbox. */
export function mailed(email: string, what: RegExp): Promise<string> {
  const path = `/dev/mailbox.json?to=${encodeURIComponent(email)}`;
  return until(`a letter to ${email}`, async () => {
    const { messages } = mailbox.parse((await answerTo(path)).body);
    return messages.map(({ text }) => text.match(what)?.[1]).find((found) => found);
  });
}

import type { LoginCodes, Mailbox } from "../../src/core/login-code/login-codes.ts";

/** The line of a letter that is a code nobody guesses. */
export const LONG_CODE = /^\w{4}-\w{4}-\w{5}$/m;

const LIFETIME_SECONDS = 600;
const TRIES = 5;

/** Types five wrong codes at each of twenty that were sent to a mailbox. */
export async function tryHundredWrongCodes(loginCodes: LoginCodes, mailbox: Mailbox) {
  for (let code = 0; code < 20; code++) {
    const [orderId, sessionId] = [crypto.randomUUID(), crypto.randomUUID()];
    const digests = { shortDigest: "short", longDigest: "long" };
    const drawn = { ...digests, announcedId: null, orderId, sessionId };
    await loginCodes.put(mailbox, drawn, LIFETIME_SECONDS);
    for (let time = 0; time < TRIES; time++) {
      await loginCodes.check(mailbox, ["wrong"]);
    }
  }
}

import type { LoginCodes, Mailbox } from "../../src/core/session/login-codes.ts";

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

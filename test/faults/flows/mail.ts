import { createMessageBatch } from "cloudflare:test";
import { Bounced } from "../../../src/core/mail/bounced.ts";
import type { MailOrder } from "../../../src/core/mail/mail-order.ts";
import { deliverBatch } from "../../../src/mail/deliver-batch.ts";
import type { Transport } from "../../../src/mail/transport.ts";
import { somebody } from "../../support/people.ts";
import type { Flow, Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const NUMBERED = "a number that no mailed link has: the next link has the next";

/** By what is mailed. */
export const mail: Flows = {
  "verify-email": orderedBy(({ helper }) => helper.ask("/api/register", { body: somebody() })),
  "address-taken": orderedBy(async ({ helper, member }) =>
    helper.ask("/api/register", { body: { ...somebody(), email: (await member()).email } }),
  ),
  "reset-password": {
    leaves: NUMBERED,
    mostLost: 1,
    ...orderedBy(async ({ helper, member }) =>
      helper.ask("/api/forgot-password", { body: { email: (await member()).email } }),
    ),
  },
  "prove-address": {
    leaves: NUMBERED,
    mostLost: 1,
    ...orderedBy(({ helper }) =>
      helper.ask("/auth/verification-mail", { body: { email: somebody().email } }),
    ),
  },
  "login-code": orderedBy(async ({ helper, member }) =>
    helper.ask("/api/v1/auth/send-code", { body: { email: (await member()).email } }),
  ),
  "reset-password, to a mailbox that takes none": {
    leaves: NUMBERED,
    mostLost: 1,
    ...orderedBy(
      async ({ helper, member }) =>
        helper.ask("/api/forgot-password", { body: { email: (await member()).email } }),
      async () => new Bounced("550 5.1.1"),
    ),
  },
  "password-changed": orderedBy(async ({ helper, signedIn }) => {
    const { bearer, password } = await signedIn();
    const body = { current_password: password, new_password: "another gentle otter" };
    return helper.ask("/api/user/password", { bearer, body });
  }),
};

/** A batch with what was just ordered, as the queue hands it to the Worker. */
function orderedBy(order: (scene: Scene) => Promise<unknown>, transport?: Transport): Flow {
  return {
    async prepare(scene) {
      await order(scene);
      return delivers(scene, scene.helper.orders.splice(0), transport);
    },
  };
}

function delivers(
  { service }: Scene,
  orders: readonly MailOrder[],
  transport: Transport | undefined,
): Send {
  return async () => {
    const batch = createMessageBatch<MailOrder>(
      "latchkey-mail",
      orders.map((body, index) => ({
        id: `m${index}`,
        timestamp: new Date(),
        attempts: 1,
        body,
      })),
    );
    const failures: unknown[] = [];
    const unsent: unknown[] = [];
    await deliverBatch(batch, service.consumer(transport), {
      failed: (error) => failures.push(error),
      notSent: (_, why) => unsent.push(why),
    });
    return {
      status: failures.length > 0 ? "to be tried again" : unsent.length > 0 ? "over" : "carried",
      says: null,
      retryAfter: null,
      tokens: [],
    };
  };
}

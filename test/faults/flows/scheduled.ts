import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { WEBHOOK_SECRET } from "../../../src/core/webhook/webhook-secret.ts";
import worker from "../../../src/index.ts";
import { EVERY_MINUTE } from "../../../src/runs/every-minute.ts";
import { DAY_SECONDS, passSeconds } from "../../support/clock.ts";
import { askToken, BACKEND, revoked, tokensIn } from "../../support/oauth.ts";
import { somebody } from "../../support/people.ts";
import { startService } from "../../support/service.ts";
import { SECRET, storeWebhook } from "../../support/webhooks.ts";
import { writeEvent } from "../../support/write-event.ts";
import type { Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const SECRET_BEFORE = "a-secret-that-was-set-before-this-one";

/** What the clock begins. */
export const scheduled: Flows = {
  "the hourly round": {
    leaves: "what has expired in some tables, until the next round",
    async prepare(scene) {
      await env.DB.batch([
        env.DB.prepare("DELETE FROM signing_keys WHERE number > 1"),
        env.DB.prepare("UPDATE signing_keys SET activates_at = ?").bind(Date.now()),
      ]);
      await leaveThingsBehind(scene);
      passSeconds(400 * DAY_SECONDS);
      return () => round();
    },
  },
  "the round of the minute": {
    async prepare({ signedIn }) {
      await signedIn();
      return () => round(EVERY_MINUTE);
    },
  },
  "the round of the minute, with things to tell": {
    leaves: "what one of its chores did not do, until the next minute",
    maySendTwice: true,
    async prepare(scene) {
      await leaveThingsToTell(scene);
      const bindings = { ...env, AUTH_SECRET_PREVIOUS: SECRET_BEFORE, WEBHOOKS: scene.turns };
      return () => round(EVERY_MINUTE, bindings as never);
    },
  },
};

/**
 * Two webhooks: one has to hear what is sealed, and its secret is as it was entered; the other what is not
 * sealed yet, and its secrets are so under the master secret before. One secret signs no more.
 */
async function leaveThingsToTell({ helper }: Scene): Promise<void> {
  await storeWebhook("early");
  await writeEvent(helper, "a");
  await helper.sealEvents();
  await storeWebhook("late");
  await writeEvent(helper, "a");
  const { vault } = startService({ AUTH_SECRET: SECRET_BEFORE }).ports;
  const sealed = (secret: string) => vault.seal(WEBHOOK_SECRET, secret);
  const rotated = env.DB.prepare(
    "UPDATE webhooks SET secret = ?, previous_secret = ?, previous_until = ? WHERE id = ?",
  );
  const now = Date.now();
  await env.DB.batch([
    rotated.bind(SECRET, await sealed("whsec_gone"), now, "early"),
    rotated.bind(await sealed(SECRET), await sealed("whsec_kept"), now + 3_600_000, "late"),
  ]);
}

/** A session, a revoked token, a link that proves an address, and a request for another one. */
async function leaveThingsBehind({ helper, member, inBrowser }: Scene): Promise<void> {
  const { email } = await member();
  await helper.ask("/auth/verification-mail", { body: { email } });
  const { browser } = await inBrowser();
  const path = "/account/security/email";
  const page = await browser.copy(helper).open(path);
  await browser.copy(helper).submit(page.form(path), { email: somebody().email });
  await helper.deliver();
  const { access_token: token } = tokensIn(
    await askToken(helper, { grant_type: "client_credentials" }, BACKEND),
  );
  await revoked(helper, { token }, BACKEND);
}

/** The platform runs it again in an hour or a minute, whether it failed or not. */
const round = async (cron = "", bindings = env): ReturnType<Send> => {
  const nothing = { says: null, tokens: [], retryAfter: null };
  try {
    await worker.scheduled(createScheduledController({ cron }), bindings);
    return { ...nothing, status: "done" };
  } catch {
    return { ...nothing, status: "failed" };
  }
};

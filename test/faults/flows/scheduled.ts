import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../../src/index.ts";
import { EVERY_MINUTE } from "../../../src/runs/every-minute.ts";
import { DAY_SECONDS, passSeconds } from "../../support/clock.ts";
import { askToken, BACKEND, revoked, tokensIn } from "../../support/oauth.ts";
import { somebody } from "../../support/people.ts";
import type { Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

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
};

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
const round = async (cron = ""): ReturnType<Send> => {
  const nothing = { says: null, tokens: [], retryAfter: null };
  try {
    await worker.scheduled(createScheduledController({ cron }), env);
    return { ...nothing, status: "done" };
  } catch {
    return { ...nothing, status: "failed" };
  }
};

import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { SERVICE_EVENTS } from "../../src/core/audit/audit-events.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import worker from "../../src/index.ts";
import { EVERY_MINUTE } from "../../src/runs/every-minute.ts";
import { accountPages } from "../faults/flows/account-pages.ts";
import { admin } from "../faults/flows/admin.ts";
import { credebl } from "../faults/flows/credebl.ts";
import { health } from "../faults/flows/health.ts";
import { lnchr } from "../faults/flows/lnchr.ts";
import { mail } from "../faults/flows/mail.ts";
import { mailEvents } from "../faults/flows/mail-events.ts";
import { managePages } from "../faults/flows/manage-pages.ts";
import { oauth } from "../faults/flows/oauth.ts";
import { pages } from "../faults/flows/pages.ts";
import { pionne } from "../faults/flows/pionne.ts";
import { planasonix } from "../faults/flows/planasonix.ts";
import { planpoint } from "../faults/flows/planpoint.ts";
import { rpc } from "../faults/flows/rpc.ts";
import { scheduled } from "../faults/flows/scheduled.ts";
import { asks } from "../faults/support/asking.ts";
import type { Scene } from "../faults/support/scene.ts";
import { opensSignedIn } from "../faults/support/visiting.ts";
import { DAY_SECONDS, passSeconds } from "../support/clock.ts";
import { startService } from "../support/service.ts";
import { receiver, storeWebhook } from "../support/webhooks.ts";

/** Something that the service is asked for, ready to be sent more than once. */
export interface Prepared {
  prepare(scene: Scene): Promise<() => Promise<unknown>>;
}

/** What people, devices, apps and other Workers ask for. */
export const asked: Readonly<Record<string, Readonly<Record<string, Prepared>>>> = {
  "account pages": {
    ...accountPages,
    "GET /account/activity: older": {
      // Before all that there will be: two ids of one millisecond come in any order.
      prepare: opensSignedIn(
        async () => "/account/activity?before=ffffffff-ffff-7fff-bfff-ffffffffffff",
      ),
    },
  },
  admin,
  credebl,
  health,
  lnchr,
  mail,
  "mail events": mailEvents,
  "manage pages": managePages,
  oauth,
  pages,
  pionne,
  planasonix: {
    ...planasonix,
    "startSignIn: with a hash of older parameters": { prepare: signsInAfterAChange },
    "currentAccount: after a while": {
      async prepare({ service, signedIn }) {
        const { bearer } = await signedIn();
        passSeconds(600);
        return asks(service, "GET /api/user/profile", { bearer });
      },
    },
  },
  planpoint,
  rpc,
};

/** What administrators read. */
export const read: Readonly<Record<string, Prepared>> = {
  "what happened in a tenant": {
    async prepare({ service, member }) {
      const { id: accountId } = await member();
      const { auditLog } = service.ports;
      const event = "password-changed" as const;
      const [since, until] = [new Date(Date.now() - DAY_SECONDS * 1000), new Date()];
      const beforeId = "ffffffff-ffff-7fff-bfff-ffffffffffff";
      const wanted = [
        {},
        { event, beforeId, since },
        { until },
        { accountId },
        { accountId, event, until },
        { hidden: SERVICE_EVENTS },
      ];
      return () =>
        Promise.all(
          wanted.map((more) => auditLog.listOfTenant(DEFAULT_TENANT_ID, { most: 10, ...more })),
        );
    },
  },
};

/** What the clock begins. */
export const hourly: Readonly<Record<string, Prepared>> = {
  ...scheduled,
  "the hourly round: for half a year, under a new secret": {
    async prepare({ withApp }) {
      await withApp();
      const secrets = { AUTH_SECRET: "a-secret-that-was-set-today-and-is-new" };
      const bindings = { ...env, ...secrets, AUTH_SECRET_PREVIOUS: env.AUTH_SECRET };
      return async () => {
        for (let weeks = 0; weeks < 26; weeks++) {
          await worker.scheduled(createScheduledController({ cron: EVERY_MINUTE }), bindings);
          await worker.scheduled(createScheduledController(), bindings);
          passSeconds(7 * DAY_SECONDS);
        }
      };
    },
  },
};

/** What products hear. */
export const told: Readonly<Record<string, Prepared>> = {
  "the minute's round, and each turn that it gives": {
    async prepare({ member }) {
      await member();
      await storeWebhook("good");
      await storeWebhook("choosy", {
        url: "https://choosy.example.com/",
        events: ["account-made"],
      });
      await storeWebhook("gone", { url: "https://gone.example.com/" });
      receiver(({ url }) => new Response(null, { status: url.includes("gone") ? 410 : 200 }));
      return async () => {
        const { sealEvents, callWebhooks, tellWebhook } = startService({
          WEBHOOKS: { sendBatch: async () => undefined },
        });
        await sealEvents();
        await callWebhooks();
        await Promise.all(["good", "choosy", "gone"].map(tellWebhook));
      };
    },
  },
};

async function signsInAfterAChange({ service, member }: Scene) {
  const { id, email, password } = await member();
  const { ports } = startService({ PASSWORD_ITERATIONS: "1100" });
  await env.DB.prepare("UPDATE passwords SET hash = ? WHERE account_id = ?")
    .bind(await ports.passwordHashes.hash(password), id)
    .run();
  return asks(service, "POST /api/login", { body: { email, password } });
}

import { randomBytes } from "node:crypto";
import type { Deed } from "../../src/core/admin/deed.ts";
import type { WhichWebhook } from "../../src/core/admin/webhook-records.ts";
import { AUDIT_EVENTS, type AuditEventName } from "../../src/core/audit/audit-events.ts";
import { asWebhookSecret, WEBHOOK_SECRET_BYTES } from "../../src/core/webhook/webhook-secret.ts";
import { problemOfWebhookUrl } from "../../src/core/webhook/webhook-url.ts";
import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import type { AdminApi, AdminRequest } from "./admin-api.ts";
import { eventByOperator } from "./event-by-operator.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";
import type { Workplace } from "./work.ts";

const EVENTS = Object.keys(AUDIT_EVENTS) as AuditEventName[];

export const webhookOption = {
  id: { value: "id", what: "which, as list-webhooks shows it", required: true },
  tenant: {
    value: "slug",
    what: `whose it is; with --url ${DEFAULT_TENANT_SLUG} unless given, else whoever's`,
  },
} as const;

/** Which webhook a deed is for, where its events are sent, and when. */
export interface FoundWebhook extends WhichWebhook {
  url: string;
  now: Date;
}

/** By its id alone, unless a tenant is named. Refuses to go on without it. */
export async function findWebhook(
  { database, site }: Workplace,
  { id, tenant }: { id: string; tenant: string | undefined },
): Promise<FoundWebhook> {
  const isOf = tenant === undefined ? sql`true` : sql`slug = ${tenant}`;
  const [[found] = []] = await database.execute([
    sql`SELECT tenant_id, url, ${databaseNow} AS now FROM webhooks
      JOIN tenants ON tenants.id = tenant_id WHERE webhooks.id = ${id} AND ${isOf}`,
  ]);
  if (!found) {
    throw noWebhook(id, tenant, site);
  }
  const { tenant_id: tenantId, url, now } = found;
  return { id, tenantId: String(tenantId), url: String(url), now: new Date(Number(now)) };
}

/** Of its address the host alone is written down, since the rest may be a secret. */
export function webhookEvent(name: AuditEventName, { id, tenantId, url, now }: FoundWebhook): Deed {
  const host = URL.parse(url)?.host ?? null;
  return eventByOperator(name, { tenantId, accountId: `webhook:${id}` }, now, host);
}

/** Asks the admin API for something about one webhook. */
export function askOfWebhook(
  api: AdminApi,
  { id, tenant = DEFAULT_TENANT_SLUG }: { id: string; tenant: string | undefined },
  { below = "", ...request }: Pick<AdminRequest, "method" | "body"> & { below?: string },
): Promise<unknown> {
  return api.ask({
    ...request,
    path: `/webhooks/${encodeURIComponent(id)}${below}`,
    ...{ tenant, refusals: { webhook_unknown: noWebhook(id, tenant, api.site) } },
  });
}

export function newWebhookSecret(): string {
  return asWebhookSecret(randomBytes(WEBHOOK_SECRET_BYTES).toString("base64"));
}

/** http on this machine is for development: a service in production sends nothing there. */
export function readWebhookUrl(given: string): string {
  const wrong = problemOfWebhookUrl(given, true);
  if (wrong !== null) {
    throw new Problem(
      `${JSON.stringify(given)} ${wrong}.`,
      "Give an address that the public can reach: --to https://api.example.com/hooks/latchkey",
    );
  }
  return new URL(given).href;
}

/** Null for all. */
export function readEvents(given: string | undefined): AuditEventName[] | null {
  if (given === undefined) {
    return null;
  }
  return given.split(",").map((name) => {
    const event = EVENTS.find((known) => known === name.trim());
    if (!event) {
      throw new Problem(
        `${JSON.stringify(name)} is not an event.`,
        `Give some of these, with commas: ${EVENTS.join(", ")}`,
      );
    }
    return event;
  });
}

/** Where none was found that has the id, in the tenant where one was named. */
export function noWebhook(id: string, tenant: string | undefined, site: Site): Problem {
  const list = `list-webhooks --tenant ${tenant ?? "…"}`;
  return new Problem(`There is no webhook ${id}.`, `Look it up: ${site.admin(list)}`);
}

export const SECRET_ONCE =
  "It is shown this once. Receivers check webhook-signature with it; see docs/webhooks.md.";

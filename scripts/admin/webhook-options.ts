import { randomBytes } from "node:crypto";
import { AUDIT_EVENTS, type AuditEventName } from "../../src/core/audit/audit-events.ts";
import { problemOfWebhookUrl } from "../../src/core/webhook/webhook-url.ts";
import { Problem } from "../problem.ts";
import type { Site } from "./task.ts";

const EVENTS = Object.keys(AUDIT_EVENTS) as AuditEventName[];
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

export const webhookOption = {
  id: { value: "id", what: "which, as list-webhooks shows it", required: true },
} as const;

/** For HMAC-SHA256, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** http on this machine is for development: a service in production sends nothing there. */
export function readWebhookUrl(given: string): string {
  const wrong = problemOfWebhookUrl(given, true);
  if (wrong !== null) {
    throw new Problem(
      `${JSON.stringify(given)} ${wrong}.`,
      "Give an address that the public can reach: --url https://api.example.com/hooks/latchkey",
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

/** Where none was found that has the id. */
export function noWebhook(id: string, site: Site): Problem {
  return new Problem(`There is no webhook ${id}.`, `Look it up: ${site.admin("list-webhooks")}`);
}

export const SECRET_ONCE =
  "It is shown this once. Receivers check webhook-signature with it; see docs/webhooks.md.";

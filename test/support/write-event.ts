import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { passSeconds } from "./clock.ts";
import type { TestService } from "./service.ts";

/** An event of an account's own, a second after the one before: one like this. Gives its id. */
export async function writeEvent(
  { ports }: Pick<TestService, "ports">,
  accountId: string,
  like: Partial<Record<keyof AuditEvent, unknown>> = {},
): Promise<string> {
  passSeconds(1);
  const at = new Date();
  const event = {
    id: ports.randomness.id(at),
    tenantId: DEFAULT_TENANT_ID,
    event: "signed-in",
    actorId: accountId,
    accountId,
    sessionId: null,
    clientId: null,
    subject: null,
    address: "198.18.0.1",
    city: null,
    country: null,
    userAgent: null,
    at,
    ...like,
  } as AuditEvent;
  await ports.auditLog.record(event);
  return event.id;
}

import { env } from "cloudflare:workers";
import type { AuditEvent } from "../../../src/core/audit/audit-log.ts";
import type { NewSession, Opening } from "../../../src/core/session/session.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { d1AuditLog } from "../../../src/storage/d1/audit-log.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { d1Sessions } from "../../../src/storage/d1/sessions.ts";
import { stopClock } from "../../support/clock.ts";
import { member } from "../../support/members.ts";
import { startService } from "../../support/service.ts";

export const sessions = d1Sessions(openDatabase(env.DB));
export const HOUR_MS = 3_600_000;

/** An account, and what a sign-in that read it just now would open its session with. */
export async function readyToOpen() {
  stopClock();
  const service = startService();
  const person = await member(service);
  const { email } = person;
  const read = () => service.ports.accounts.findCredentials({ tenantId: DEFAULT_TENANT_ID, email });
  const credentials = await read();
  if (!credentials) {
    throw new Error("the account is not there");
  }
  const now = new Date();
  const session: NewSession = {
    id: service.ports.randomness.id(now),
    tenantId: DEFAULT_TENANT_ID,
    accountId: credentials.account.id,
    contract: "planasonix",
    clientId: null,
    clientType: null,
    name: null,
    scope: null,
    actorId: null,
    actorSessionId: null,
    audience: null,
    authenticatedAt: null,
    userAgent: null,
    address: "198.18.0.1",
    city: null,
    country: null,
    network: null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + HOUR_MS),
    endsAt: new Date(now.getTime() + HOUR_MS),
  };
  const opening: Opening = {
    session,
    makes: null,
    passwordChangedAt: credentials.passwordChangedAt,
    secondFactor: "absent",
    limit: null,
    firstProof: null,
    auditEvent: "signed-in",
  };
  return { service, person, opening, session, now };
}

export async function removeClient(id: string): Promise<void> {
  await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(id).run();
}

/** The ids of the sessions that ended at that time. */
export async function endedNow(now: Date): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM sessions WHERE revoked_at = ?")
    .bind(now.getTime())
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

export async function eventsOf(accountId: string): Promise<AuditEvent[]> {
  return d1AuditLog(openDatabase(env.DB)).list(accountId, 10);
}

/** What a session says that somebody begins in theirs, who is made an administrator. */
export async function begunIn({ id, accountId }: Pick<NewSession, "id" | "accountId">) {
  await env.DB.prepare("UPDATE accounts SET role = 'admin' WHERE id = ?").bind(accountId).run();
  return { actorId: accountId, actorSessionId: id };
}

/** Has whoever a session is of act as somebody, in it, since a moment later. Whether they still do. */
export async function actingIn(
  own: Pick<NewSession, "id" | "accountId">,
): Promise<() => Promise<boolean>> {
  const { opening, session, now } = await readyToOpen();
  const createdAt = new Date(now.getTime() + 1000);
  const acting = { ...session, id: crypto.randomUUID(), ...(await begunIn(own)), createdAt };
  await sessions.open({ ...opening, session: acting });
  return async () =>
    (await sessions.list(session.accountId, now)).some(({ id }) => id === acting.id);
}

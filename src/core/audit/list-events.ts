import type { Context } from "../ports.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";
import type { AuditEvent } from "./audit-log.ts";

/** The newest of what happened to the caller's account, as many as are asked for. */
export const listEvents = guarded(
  {},
  async (
    { auditLog }: Context,
    { caller, most }: { caller: Caller; most: number },
  ): Promise<{ events: AuditEvent[] }> => ({
    events: await auditLog.list(caller.account.id, most),
  }),
);

import { recordEvent } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import type { Caller } from "./session.ts";
import type { EndedSession } from "./sessions.ts";

/** Writes down that a person ended a session of theirs, under what they know it by. */
export function recordEnd(
  context: Context,
  { account: { id: accountId, tenantId }, session }: Caller,
  { name, appName, userAgent }: EndedSession,
): void {
  const { browser, os } = context.userAgents.describe(userAgent);
  const program = [browser, os].filter(Boolean).join(", ") || null;
  const subject = name ?? appName ?? program;
  const happening = { tenantId, accountId, sessionId: session.id, subject };
  recordEvent(context, "session-ended", happening);
}

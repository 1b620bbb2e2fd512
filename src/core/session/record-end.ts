import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { sessionInWords } from "./session-in-words.ts";
import type { EndedSession } from "./sessions.ts";

/** Writes down that a person ended a session of theirs, under what they know it by. */
export function recordEnd(
  context: Context,
  { account: { id: accountId, tenantId }, session }: Caller,
  ended: EndedSession,
): void {
  recordEvent(context, "session-ended", {
    tenantId,
    accountId,
    sessionId: session.id,
    clientId: ended.clientId,
    subject: sessionInWords(context, ended),
  });
}

/** The same of what a client ended, which was opened for it. */
export function recordEndByClient(
  context: Context,
  { tenantId, id: clientId }: Client,
  accountId: string,
  ended: EndedSession,
): void {
  recordEvent(context, "session-ended", {
    tenantId,
    accountId,
    actorId: `client:${clientId}`,
    sessionId: ended.id,
    clientId,
    subject: sessionInWords(context, ended),
  });
}

import type { Message, PlainTransport } from "./transport.ts";

const PREFIX = "mailbox:";
const KEPT_SECONDS = 24 * 3600;
const LAST_MOMENT = 9_999_999_999_999;

export interface MailboxMessage extends Message {
  /** RFC 3339. */
  sent_at: string;
}

/** A mailbox for development, kept in KV for a day: what would be mailed can be read at /dev/mailbox. */
export function mailboxTransport(kv: KVNamespace): PlainTransport {
  return async (message) => {
    const now = Date.now();
    // KV lists in the order of keys: counting down puts the newest first.
    const key = `${PREFIX}${LAST_MOMENT - now}:${crypto.randomUUID()}`;
    const kept: MailboxMessage = { ...message, sent_at: new Date(now).toISOString() };
    await kv.put(key, JSON.stringify(kept), {
      expirationTtl: KEPT_SECONDS,
      metadata: { to: message.to },
    });
  };
}

/** The newest messages, newest first; of one addressee where one is given. */
export async function readMailbox(kv: KVNamespace, to: string | null): Promise<MailboxMessage[]> {
  const { keys } = await kv.list<{ to: string }>({ prefix: PREFIX });
  const wanted = keys.filter(({ metadata }) => to === null || metadata?.to === to).slice(0, 100);
  const messages = await Promise.all(
    wanted.map(({ name }) => kv.get<MailboxMessage>(name, "json")),
  );
  return messages.filter((message) => message !== null);
}

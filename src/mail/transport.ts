import type { Bounced } from "../core/mail/bounced.ts";

/** A message as it goes out. */
export interface Message {
  to: string;
  /** `Name <address>` or a bare address. */
  from: string;
  /** Left out where answers go nowhere else. */
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * Hands a message over to whoever carries it. `Bounced` when the address itself was refused for good;
 * throws when it was not taken for any other reason: it is tried again.
 */
export type Transport = (message: Message, tenantId: string) => Promise<void | Bounced>;

/** One to whose carrier it is all the same which tenant's letter it carries. */
export type PlainTransport = (message: Message) => Promise<void | Bounced>;

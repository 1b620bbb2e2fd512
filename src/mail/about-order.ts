import type { MailOrder } from "../core/mail/mail-order.ts";

/** An order as an operator may see it: neither whose it is nor what it says. */
export interface AboutOrder {
  kind: MailOrder["kind"];
  tenantId: string;
  /** Where its mailbox is, which is what several that fail may have in common. */
  domain: string;
  askedAt: Date;
}

export function aboutOrder({ kind, tenantId, email, origin }: MailOrder): AboutOrder {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return { kind, tenantId, domain, askedAt: new Date(origin.at) };
}

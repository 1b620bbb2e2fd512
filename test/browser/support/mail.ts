import { issuer } from "../../live/support/issuer.ts";
import { until } from "../../live/support/until.ts";

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** The newest link to one of our pages that was mailed to somebody, once it has arrived. */
export function mailedLink(email: string, pathname: string): Promise<string> {
  return inMailTo(email, ({ text }) =>
    text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname === pathname),
  );
}

/** The newest code of six digits that was mailed to somebody, once it has arrived. */
export function mailedCode(email: string): Promise<string> {
  return inMailTo(email, ({ text }) => text.match(/\b\d{6}\b/)?.[0]);
}

/** What is looked for in any mail to somebody, the newest first, once it has arrived. */
export function inMailTo<Found>(
  email: string,
  find: (mail: Mail) => Found | undefined,
): Promise<Found> {
  return inMailbox(email, (mails) =>
    mails.map((mail) => find(mail)).find((found) => found !== undefined),
  );
}

/** Reads the development mailbox of somebody until what is in it is what is looked for. */
export async function inMailbox<Found>(
  email: string,
  find: (mails: readonly Mail[]) => Found | undefined,
): Promise<Found> {
  const mailbox = new URL(`/dev/mailbox.json?to=${encodeURIComponent(email)}`, issuer);
  const { found } = await until(`what is looked for in the mailbox of ${email}`, async () => {
    const answer = await fetch(mailbox);
    const { messages } = (await answer.json()) as { messages: Mail[] };
    const found = find(messages);
    return found !== undefined && { found };
  });
  return found;
}

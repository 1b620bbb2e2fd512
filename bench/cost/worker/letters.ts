import { counts } from "./counts.ts";

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

const KEPT = 1000;

/** The newest letters that were sent. Nothing leaves the machine. */
const sent: Letter[] = [];

/** In the stead of Cloudflare's `send_email` binding. */
export const postOffice = {
  async send({ to, subject, text }: Letter): Promise<void> {
    counts.letters += 1;
    sent.push({ to, subject, text });
    sent.splice(0, sent.length - KEPT);
  },
};

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 10;

/** The newest letter to an address whose subject holds these words, once it is there. */
export async function letterTo(to: string, subject: string): Promise<Letter> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const letter = sent.findLast((one) => one.to === to && one.subject.includes(subject));
    if (letter) {
      return letter;
    }
    if (Date.now() > until) {
      throw new Error(`no letter about "${subject}"`);
    }
    await scheduler.wait(LOOK_EVERY_MS);
  }
}

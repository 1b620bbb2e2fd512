import { vi } from "vitest";
import type { TestService } from "./service.ts";

/** The newest mail to an address whose subject fits, once the queue has delivered it. */
export async function mailTo(service: TestService, to: string, subject: RegExp) {
  return vi.waitFor(
    async () => {
      const messages = (await service.mailbox?.(to)) ?? [];
      const found = messages.find((message) => subject.test(message.subject));
      if (!found) {
        throw new Error(`no mail to ${to} about ${subject}`);
      }
      return found;
    },
    { timeout: 30_000, interval: 20 },
  );
}

/** The token of the link in the newest mail of that subject. */
export async function mailedToken(service: TestService, to: string, subject: RegExp) {
  const { text } = await mailTo(service, to, subject);
  const token = text.match(/[?&](?:token|verificationCode)=([\w-]+)/)?.[1];
  if (!token) {
    throw new Error("the mail has no link with a token");
  }
  return token;
}

export const VERIFY = /confirm/i;
export const RESET = /new password/i;

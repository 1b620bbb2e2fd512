import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "../problem.ts";
import type { Answer, Walk } from "./ask.ts";
import { mailbox } from "./replies.ts";
import { requireAnswer } from "./require-answer.ts";

const patienceMilliseconds = 10_000;

/** Waits for the verification mail in the development mailbox and takes the token out of its link. */
export async function verificationToken(
  walk: Walk,
  email: string,
): Promise<{ answer: Answer; subject: string; token: string }> {
  const path = `/dev/mailbox.json?to=${encodeURIComponent(email)}`;
  const giveUpAt = performance.now() + patienceMilliseconds;
  while (performance.now() < giveUpAt) {
    const answer = await requireAnswer(walk, { method: "GET", path }, mailbox);
    for (const { subject, text } of answer.body.messages) {
      const token = tokenIn(text);
      if (token) {
        return { answer, subject, token };
      }
    }
    await wait(250, undefined, { signal: walk.stop });
  }
  throw new Problem(
    `No verification mail reached ${email} within ${patienceMilliseconds / 1_000} seconds.`,
    `See what was sent at ${walk.url}/dev/mailbox and what failed in the server's own output.`,
  );
}

function tokenIn(text: string): string | null {
  for (const [link] of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const token = new URL(link).searchParams.get("token");
    if (token) {
      return token;
    }
  }
  return null;
}

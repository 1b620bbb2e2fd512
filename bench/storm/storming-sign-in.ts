import { signIn } from "../running/contenders/latchkey.ts";
import type { Answer, Contender, Send } from "../running/load/contender.ts";
import type { Try } from "./result.ts";

/** Signs in, and does not mind to be turned away with a time to come back. Anything else is a wrong answer. */
export function stormingSignIn(): Contender<number> {
  const usual = signIn();
  return {
    ...usual,
    read: (answer, number) => (isTurnedAway(answer) ? number : usual.read(answer, number)),
  };
}

/** Full: 503 with whole seconds to come back after (RFC 9110, 10.2.3). */
export function isTurnedAway({ status, headers }: Answer): boolean {
  return status === 503 && /^[1-9]\d*$/.test(String(headers["retry-after"]));
}

/** Sends, and notes how each request was answered. */
export function noting(send: Send, tries: Try[]): Send {
  return async (ask) => {
    const sent = performance.now();
    const answer = await send(ask);
    tries.push({
      milliseconds: performance.now() - sent,
      retryAfterSeconds: isTurnedAway(answer) ? Number(answer.headers["retry-after"]) : null,
    });
    return answer;
  };
}

import { setTimeout as wait } from "node:timers/promises";
import { styleText } from "node:util";
import { say } from "../say.ts";

/**
 * Waits and shows what for: on a terminal in one line that counts the seconds, elsewhere in one line
 * a call.
 */
export async function countDown(
  text: string,
  seconds: number,
  validUntil: number,
  stop: AbortSignal,
): Promise<void> {
  if (!process.stdout.isTTY) {
    say(`  ${text}, next poll in ${seconds} s`);
    await wait(seconds * 1_000, undefined, { signal: stop });
    return;
  }
  try {
    for (let left = seconds; left > 0; left -= 1) {
      const valid = clock(validUntil - performance.now());
      const line = `${text}, next poll in ${left} s, code valid for ${valid}`;
      process.stdout.write(`\r\x1b[2K  ${styleText("dim", line)}`);
      await wait(1_000, undefined, { signal: stop });
    }
  } finally {
    process.stdout.write("\r\x1b[2K");
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

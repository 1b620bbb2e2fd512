import type { Surroundings } from "../surroundings.ts";

/**
 * Shows how long a code still holds, in one line that is written anew each second; on what is no
 * terminal, once. Returns what ends it.
 */
export function countDown(expiresAt: number, { now, err }: Surroundings): () => void {
  const line = () => `Waiting for you to confirm. The code holds for ${clock(expiresAt - now())}.`;
  if (!err.isTerminal) {
    err.write(`${line()}\n`);
    return () => {};
  }
  const show = () => err.write(`\r\x1b[2K${err.paint(["dim"], line())}`);
  show();
  const ticking = setInterval(show, 1_000);
  return () => {
    clearInterval(ticking);
    err.write("\r\x1b[2K");
  };
}

function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

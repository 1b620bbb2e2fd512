import { styleText } from "node:util";
import { say } from "../say.ts";
import type { Answer } from "./ask.ts";

/** Says what was done and what came back. */
export function step(done: string, answer: Answer, cameBack: string): void {
  const { method, path } = answer.question;
  const asked = `${method} ${path.replace(/\?.*/, "")}`;
  say(`${styleText("green", "✓")} ${styleText("bold", done)}`);
  say(`  ${styleText("dim", `${asked} → ${answer.status} in ${answer.milliseconds} ms`)}`);
  say(`  ${cameBack}`);
}

import { styleText } from "node:util";

/** Says what is done now, over what was said before where somebody looks on; "" wipes it out. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${styleText("dim", text)}\u001b[K`);
  } else if (text !== "") {
    process.stderr.write(`${text}\n`);
  }
}

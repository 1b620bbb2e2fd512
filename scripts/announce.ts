/** Says what is about to be done, or what it waits for. Not on standard output: a pipe gets results alone. */
export function announce(line: string): void {
  process.stderr.write(`${line}\n`);
}

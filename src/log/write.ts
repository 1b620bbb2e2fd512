/** Writes a structured line. */
export function write(level: "info" | "error", fields: object): void {
  // biome-ignore lint/suspicious/noConsole: the console is where a Worker's log goes
  console[level](JSON.stringify({ level, ...fields }));
}

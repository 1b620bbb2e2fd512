import { onTestFinished, vi } from "vitest";

/** Everything that is written to the console from here on until the test is over, as it is written. */
export function logLines(): {
  text: () => string;
  parsed: () => Record<string, unknown>[];
  /** What was written since it was last taken. */
  take: () => string;
} {
  const levels = ["debug", "error", "info", "log", "trace", "warn"] as const;
  const written: string[] = [];
  const spies = levels.map((level) =>
    vi.spyOn(console, level).mockImplementation((...args) => {
      written.push(args.map(String).join(" "));
    }),
  );
  onTestFinished(() => {
    for (const spy of spies) {
      spy.mockRestore();
    }
  });
  return {
    text: () => written.join("\n"),
    take: () => written.splice(0).join("\n"),
    parsed: () => written.map((line) => JSON.parse(line)),
  };
}

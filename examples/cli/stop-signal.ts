const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Aborts when the program is told to end, with the signal's name as the reason. Told a second time, it
 * ends at once.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of signals) {
    process.once(name, () => stopping.abort(name));
  }
  return stopping.signal;
}

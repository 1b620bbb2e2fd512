export type Color = "bold" | "dim" | "underline" | "red" | "whiteBright" | "bgBlack";

/** Where a command writes. */
export interface Output {
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  /** Its width in characters. */
  readonly columns: number;
  readonly write: (text: string) => void;
  /** Colours text where that can be seen. */
  readonly paint: (colors: readonly Color[], text: string) => string;
}

/** Everything a command reaches outside of itself. Tests bring a clock that nobody waits for. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Rejects once `stop` is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted when the person wants the command to end. */
  readonly stop: AbortSignal;
  /** Where tokens are kept. */
  readonly directory: string;
  /** The server that `LATCHKEY_ISSUER` names; null where it names none. */
  readonly issuer: string | null;
  readonly openBrowser: (url: URL) => Promise<void>;
  readonly out: Output;
  readonly err: Output;
}

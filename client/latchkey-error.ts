/** What else is known of a failure. */
interface Circumstances {
  readonly status?: number;
  readonly retryAfterSeconds?: number | null;
  readonly fields?: Readonly<Record<string, string>>;
  readonly requestId?: string | null;
  readonly cause?: unknown;
}

const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Everything that can go wrong between a product and Latchkey. No message, field or cause has a token,
 * code or password in it.
 */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  /**
   * Latchkey's own code, as `invalid_credentials` or `access_denied`; or of this client `signed_out`,
   * `no_answer`, `unexpected_answer`, `wrong_callback`, `wrong_issuer`, `unsafe_endpoint`, `not_offered`,
   * `storage_unsafe` or `storage_busy`.
   */
  readonly code: string;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** When to come back, where that was said. */
  readonly retryAfterSeconds: number | null;
  /** Whether asking again later may help. */
  readonly isPassing: boolean;
  /** The problem of each field, where fields are to blame. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the log of Latchkey has it under. */
  readonly requestId: string | null;

  constructor(code: string, message: string, circumstances: Circumstances = {}) {
    super(message, circumstances.cause === undefined ? undefined : { cause: circumstances.cause });
    this.code = code;
    this.status = circumstances.status ?? 0;
    this.isPassing =
      code === "no_answer" || this.status >= 500 || PASSING_STATUSES.has(this.status);
    this.retryAfterSeconds = circumstances.retryAfterSeconds ?? null;
    this.fields = circumstances.fields ?? {};
    this.requestId = circumstances.requestId ?? null;
  }
}

/** Nobody is signed in, or not any more: sign in. */
export function signedOut(): LatchkeyError {
  return new LatchkeyError("signed_out", "Nobody is signed in, or the session is over.");
}

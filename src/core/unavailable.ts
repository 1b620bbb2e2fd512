/**
 * Thrown by a port that cannot do its work now: a store that does not answer, a hash queue that is
 * full. Answered as 503 with `Retry-After`; never as a yes and never as a wrong password.
 */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
  readonly part: string;
  readonly retryAfterSeconds: number;

  constructor(part: string, retryAfterSeconds: number, cause?: unknown) {
    super(`${part} is unavailable`, { cause });
    this.part = part;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

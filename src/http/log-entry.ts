import { describeError } from "../log/describe-error.ts";
import { write } from "../log/write.ts";

/** What is told of one request while it is served. Names and numbers only: never a value that came with it. */
export class LogEntry {
  contract: string | null = null;
  operation: string | null = null;
  /** Why it was refused, if it was. */
  reason: string | null = null;
  /** Whoever asks may see how long it took, and what took it. */
  isForAdministrator = false;
  readonly #requestId: string;

  constructor(requestId: string) {
    this.#requestId = requestId;
  }

  /** A bug or an outage, with its cause, at the boundary and nowhere else. */
  failed(error: unknown): void {
    write("error", { request_id: this.#requestId, error: describeError(error) });
  }

  failedAfterwards(error: unknown): void {
    write("error", {
      request_id: this.#requestId,
      after_answer: true,
      error: describeError(error),
    });
  }
}

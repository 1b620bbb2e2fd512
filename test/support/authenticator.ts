import { TOTP } from "otpauth";
import { passSeconds } from "./clock.ts";

const STEP_SECONDS = 30;

/** An authenticator app with this secret, on a clock that a test has stopped. */
export class Authenticator {
  readonly #totp: TOTP;

  constructor(secret: string) {
    this.#totp = new TOTP({ secret });
  }

  /** The code that it shows now. */
  code(): string {
    return this.#totp.generate({ timestamp: Date.now() });
  }

  /** A code that was not used before: waits for the next time step. */
  nextCode(): string {
    passSeconds(STEP_SECONDS);
    return this.code();
  }
}

import { TOTP } from "otpauth";
import { passSeconds } from "./clock.ts";
import { otherCode } from "./other-code.ts";

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

  /** One that is good neither now nor a step before or after. */
  wrongCode(): string {
    const good = [-1, 0, 1].map((steps) =>
      this.#totp.generate({ timestamp: Date.now() + steps * STEP_SECONDS * 1000 }),
    );
    return otherCode(...good);
  }

  /** A code that was not used before: waits for the next time step. */
  nextCode(): string {
    passSeconds(STEP_SECONDS);
    return this.code();
  }
}

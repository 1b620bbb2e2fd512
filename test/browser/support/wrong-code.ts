import type { TOTP } from "otpauth";
import { otherCode } from "../../support/other-code.ts";

const STEP_MILLISECONDS = 30_000;

/** A code that an app shows neither now, nor a step before, nor while a slow machine sends it. */
export function wrongCode(app: TOTP): string {
  const good = [-1, 0, 1, 2, 3].map((steps) =>
    app.generate({ timestamp: Date.now() + steps * STEP_MILLISECONDS }),
  );
  return otherCode(...good);
}

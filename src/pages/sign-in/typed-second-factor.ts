import type { GivenSecondFactor } from "../../core/second-factor/second-factor.ts";

/** Longer than any code with the spaces that people put in. */
const CODE_MAX_LENGTH = 32;

/**
 * What was typed for a second factor: six digits are a code of the app, anything else may be a
 * recovery code. Null for nothing, and for what is too long to be either.
 */
export function typedSecondFactor(typed = ""): GivenSecondFactor | null {
  const compact = typed.replaceAll(/\s/g, "");
  if (compact === "" || typed.length > CODE_MAX_LENGTH) {
    return null;
  }
  return /^\d{6}$/.test(compact) ? { code: compact } : { recoveryCode: compact };
}

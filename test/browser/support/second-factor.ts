import { TOTP } from "otpauth";
import type { Person } from "../../live/support/person.ts";
import { postAs } from "../../live/support/post-as.ts";
import { wrongCode } from "./wrong-code.ts";

const STEP_MILLISECONDS = 30_000;

interface SecondFactor {
  /** One that works next. */
  nextCode: () => string;
  /** One that does not. */
  wrongCode: () => string;
  /** What is left for a lost app. */
  recoveryCodes: readonly string[];
}

/** Turns a second factor on for somebody. */
export async function secondFactorOf(person: Person): Promise<SecondFactor> {
  const enrolled = (await postAs(person, "/api/user/mfa/enable", { method: "totp" })) as {
    data: { secret: string; enrollment_id: string };
  };
  const app = new TOTP({ secret: enrolled.data.secret });
  const confirmed = (await postAs(person, "/api/user/mfa/verify", {
    enrollment_id: enrolled.data.enrollment_id,
    code: app.generate(),
  })) as { data: { backup_codes: string[] } };
  // A code works once: the one after it is taken already, since clocks may be off by a step.
  const nextCode = () => app.generate({ timestamp: Date.now() + STEP_MILLISECONDS });
  const { backup_codes: recoveryCodes } = confirmed.data;
  return { nextCode, wrongCode: () => wrongCode(app), recoveryCodes };
}

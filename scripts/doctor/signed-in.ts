import { ask } from "./ask.ts";
import type { Patient } from "./patient.ts";

/**
 * Signs the account in through the Launcher contract, which can sign out again, for as long as `work`
 * takes. Null when the account does not get in with its password alone.
 */
export async function signedIn<Result>(
  patient: Patient,
  { email, password }: { email: string; password: string },
  work: (accessToken: string) => Promise<Result>,
): Promise<Result | null> {
  const answer = await ask(patient, "/api/v1/auth/login", { json: { email, password } });
  const { token } = (answer.body["data"] ?? {}) as { token?: unknown };
  if (typeof token !== "string") {
    return null;
  }
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await work(token);
  } finally {
    await ask(patient, "/api/v1/auth/logout", { method: "POST", headers });
  }
}

/** What to say of an account that does not get in. */
export const CANNOT_SIGN_IN = {
  saw: "The account does not get in with its password alone.",
  mend: "Give an account with a proved address and no second factor, and its password in LATCHKEY_DOCTOR_PASSWORD.",
} as const;

/** What to say where there is none. */
export const NO_ACCOUNT = {
  saw: "This needs an account to sign in to.",
  mend: "Give --email, and its password in LATCHKEY_DOCTOR_PASSWORD.",
} as const;

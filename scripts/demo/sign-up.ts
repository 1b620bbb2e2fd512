import { randomBytes } from "node:crypto";
import type { Walk } from "./ask.ts";
import { message, type Tokens, tokens } from "./replies.ts";
import { requireAnswer } from "./require-answer.ts";
import { shortened } from "./shortened.ts";
import { step } from "./step.ts";
import { verificationToken } from "./verification-token.ts";

export interface DemoAccount {
  email: string;
  password: string;
}

/** A fresh throw-away account. */
export function newAccount(): DemoAccount {
  return {
    email: `demo-${randomBytes(4).toString("hex")}@latchkey.test`,
    password: randomBytes(18).toString("base64url"),
  };
}

/** Registers the account and proves its address with the link that was mailed to it. */
export async function signUp(walk: Walk, account: DemoAccount): Promise<void> {
  const registered = await requireAnswer(
    walk,
    { method: "POST", path: "/api/register", body: { ...account, name: "Demo Person" } },
    message,
  );
  step(`Registered ${account.email}`, registered, registered.body.message);

  const mail = await verificationToken(walk, account.email);
  step(`Read the mail "${mail.subject}"`, mail.answer, `its link carries ${shortened(mail.token)}`);

  const verified = await requireAnswer(
    walk,
    { method: "POST", path: "/api/verify-email", body: { token: mail.token } },
    message,
  );
  step("Verified the address", verified, verified.body.message);
}

/** Signs in and refreshes once. Gives the newer tokens. */
export async function signIn(walk: Walk, account: DemoAccount): Promise<Tokens> {
  const signedIn = await requireAnswer(
    walk,
    { method: "POST", path: "/api/login", body: { ...account } },
    tokens,
  );
  step("Signed in with the password", signedIn, describe(signedIn.body));

  const { refreshToken } = signedIn.body;
  const refreshed = await requireAnswer(
    walk,
    { method: "POST", path: "/api/auth/refresh", body: { refreshToken } },
    tokens,
  );
  step("Spent the refresh token for a new pair", refreshed, describe(refreshed.body));
  return refreshed.body;
}

function describe({ accessToken, refreshToken, expiresIn }: Tokens): string {
  return `access ${shortened(accessToken)} for ${expiresIn} s, refresh ${shortened(refreshToken)}`;
}

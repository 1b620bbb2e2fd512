import type { BetterAuthOptions } from "better-auth";
import { emailOTP, jwt, twoFactor } from "better-auth/plugins";
import { authOptions, type Bindings } from "./options.ts";

export interface CountedBindings extends Bindings {
  /** Its letters are counted. */
  EMAIL: { send(letter: { to: string; subject: string; text: string }): Promise<void> };
}

/** What Latchkey has as well: confirmed addresses, reset links, codes by mail, second factors, public keys. */
export function countedOptions(env: CountedBindings) {
  const options = authOptions(env);
  const send = (subject: string, to: string, text: string) => env.EMAIL.send({ to, subject, text });
  return {
    ...options,
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: ({ user, token }) => send("verify", user.email, `?token=${token}`),
    },
    emailAndPassword: {
      ...options.emailAndPassword,
      sendResetPassword: ({ user, token }) => send("reset", user.email, `?token=${token}`),
    },
    plugins: [
      ...options.plugins,
      emailOTP({ sendVerificationOTP: ({ email, otp }) => send("code", email, otp) }),
      twoFactor(),
      // Or every look at a session would sign a token.
      jwt({ disableSettingJwtHeader: true }),
    ],
  } satisfies BetterAuthOptions;
}

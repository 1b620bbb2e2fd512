import { createHash } from "node:crypto";
import { TOTP } from "otpauth";
import {
  asking,
  cookiesIn,
  join,
  letterTo,
  ORIGIN,
  type Person,
  signIn,
  tokenTo,
} from "./better-auth-person.ts";
import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";

/** What people do with their accounts. */
export function betterAuthAccountFlows(
  service: CountedService,
  person: Person,
  cookie: string,
): Flow[] {
  const ask = asking(service);
  return [
    {
      id: "signUp",
      name: "sign-up, address confirmed by mail",
      prepare: async () => () => join(service),
    },
    {
      id: "signIn",
      name: "sign-in with a password",
      prepare: async () => () => signIn(service, person),
    },
    {
      id: "signInSecondFactor",
      name: "sign-in with password and second factor",
      isDear: true,
      prepare: () => withSecondFactor(service),
    },
    {
      id: "signInMailedCode",
      name: "sign-in with a mailed code",
      isDear: true,
      prepare: () => withMailedCode(service),
    },
    {
      id: "me",
      name: "authenticated read (session)",
      prepare: async () => () => ask("/get-session", { headers: { cookie } }),
    },
    {
      id: "sessionExtended",
      name: "the same, where the session is extended (once a day)",
      isDear: true,
      prepare: async () => {
        const own = await signIn(service, person);
        // Of the seven days that it has, all sessions have used up two.
        await service.order("sql", {
          sql: "UPDATE session SET expiresAt = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+5 days')",
        });
        return () => ask("/get-session", { headers: { cookie: own } });
      },
    },
    {
      id: "signOut",
      name: "sign-out",
      isDear: true,
      prepare: async () => {
        const own = await signIn(service, person);
        return () => ask("/sign-out", { json: {}, headers: { cookie: own } });
      },
    },
    {
      id: "forgotReset",
      name: "forgotten password: link mailed, new one set",
      isDear: true,
      prepare: () => forgetting(service),
    },
  ];
}

async function withSecondFactor(service: CountedService) {
  const ask = asking(service);
  const { email, password } = await join(service);
  const cookie = await signIn(service, { email, password, name: "" });
  const enabled = await ask<{ totpURI: string }>("/two-factor/enable", {
    json: { password },
    headers: { cookie },
  });
  const secret = new URL(enabled.body.totpURI).searchParams.get("secret") ?? "";
  const app = new TOTP({ secret });
  await ask("/two-factor/verify-totp", { json: { code: app.generate() }, headers: { cookie } });
  return async () => {
    const begun = await ask("/sign-in/email", { json: { email, password } });
    await ask("/two-factor/verify-totp", {
      json: { code: app.generate() },
      headers: { cookie: cookiesIn(begun) },
    });
  };
}

async function withMailedCode(service: CountedService) {
  const ask = asking(service);
  const { email } = await join(service);
  return async () => {
    await ask("/email-otp/send-verification-otp", { json: { email, type: "sign-in" } });
    const otp = await letterTo(service, email, "code");
    await ask("/sign-in/email-otp", { json: { email, otp } });
  };
}

async function forgetting(service: CountedService) {
  const ask = asking(service);
  const { email } = await join(service);
  return async () => {
    await ask("/request-password-reset", { json: { email, redirectTo: `${ORIGIN}/reset` } });
    const token = await tokenTo(service, email, "reset");
    const newPassword = createHash("sha256").update(token).digest("hex");
    await ask("/reset-password", { json: { newPassword, token } });
  };
}

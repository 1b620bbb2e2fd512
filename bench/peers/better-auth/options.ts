import type { BetterAuthOptions } from "better-auth";
import { bearer, deviceAuthorization } from "better-auth/plugins";
import { createPasswordHashes } from "../../../src/crypto/password-hash.ts";

/** What the Worker is bound to. */
export interface Bindings {
  DB: D1Database;
  SECRET: string;
  PUBLIC_URL: string;
  /** Of the password hash; Latchkey's own number unless the hash is to cost nothing. */
  PASSWORD_ITERATIONS: number;
  /** Whether a signed cookie stands for the session for five minutes, and D1 is not asked. */
  COOKIE_CACHE: boolean;
  /** Whether a session is read with its user in one statement, which it does not do unless told. */
  JOINS: boolean;
}

/**
 * better-auth as its manual sets it up on D1: tables and indexes of its own generator, sessions in the
 * database. It hashes passwords with Latchkey's own code, and its rate limiter is off: by default it
 * would count in the memory of each isolate.
 */
export function authOptions(env: Bindings) {
  const hashes = createPasswordHashes(
    { current: env.SECRET, previous: null },
    env.PASSWORD_ITERATIONS,
  );
  return {
    database: env.DB,
    secret: env.SECRET,
    baseURL: env.PUBLIC_URL,
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error" },
    session: { cookieCache: { enabled: env.COOKIE_CACHE, maxAge: 300 } },
    advanced: {
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      database: { joins: env.JOINS },
    },
    // Both order a letter at sign-up. This one is put down at once.
    emailVerification: { sendOnSignUp: true, sendVerificationEmail: async () => undefined },
    emailAndPassword: {
      enabled: true,
      password: {
        hash: (password) => hashes.hash(password),
        verify: ({ password, hash }) => hashes.verify(password, hash),
      },
    },
    plugins: [
      bearer(),
      deviceAuthorization({ verificationUri: "/device", validateClient: (id) => id === "tv" }),
    ],
  } satisfies BetterAuthOptions;
}

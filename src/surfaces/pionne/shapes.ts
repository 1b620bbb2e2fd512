import * as z from "zod";
import { email, prefixedId, time } from "../shape-fields.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
const user = { id: prefixedId, email, name: z.string() };
const token = z.string().describe("The number of the token, a bar, and its secret.");

export const registered = z.object({
  user: z.object({ ...user, trial_ends_at: time.nullable() }),
  token,
});

export const session = z.object({ user: z.object(user), token });

export const firstStep = z.union([
  session,
  z.object({ requires_totp: z.literal(true), totp_token: z.string() }),
]);

export const me = z.object({
  ...user,
  subscription: z.object({
    status: z.enum(["trialing", "expired"]),
    trial_ends_at: time.nullable(),
    plan: z.literal("monthly"),
  }),
});

export const tokens = z.object({
  tokens: z.array(
    z.object({
      id: z.int().positive(),
      name: z.string(),
      created_at: time,
      last_used_at: time,
      is_current: z.boolean(),
    }),
  ),
});

export const revoked = z.object({ revoked_count: z.int() });

export const enrolled = z.object({
  secret: z.string().describe("Base32."),
  otpauth_url: z.string(),
});

export const recoveryCodes = z.object({
  recovery_codes: z.array(z.string().regex(/^\w{5}-\w{5}$/)),
});

export const refusal = z.union([
  z.object({ error: z.string().describe("The code."), message: z.string() }),
  z.object({
    message: z.string(),
    errors: z.record(z.string(), z.array(z.string())).describe("The problems of each field."),
  }),
  z.object({ message: z.string() }),
]);

import * as z from "zod";
import { email, prefixedId, role, time, uuid } from "../shape-fields.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
const pair = {
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int().describe("Seconds that the access token lives."),
  tokenType: z.literal("Bearer"),
};

export const tokens = z.object(pair);

export const session = z.object({
  ...pair,
  user: z.object({
    id: prefixedId,
    email,
    name: z.string().nullable(),
    emailVerified: z.boolean(),
  }),
});

export const signInStarted = z.union([
  session,
  z.object({ mfaRequired: z.literal(true), mfaToken: z.string() }),
]);

const success = z.object({ success: z.literal(true), message: z.string() });

export const registered = success;
export const resetRequested = success;
export const passwordReset = success;
export const emailVerified = success;
export const deviceDecided = success;

export const deviceStarted = z.object({
  deviceCode: z.string(),
  userCode: z.string().regex(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
  verificationUri: z.url(),
  verificationUriComplete: z.url(),
  expiresIn: z.int().describe("Seconds that the codes live."),
  interval: z.int().describe("Seconds to wait between polls."),
});

const settings = {
  id: prefixedId,
  email,
  display_name: z.string().nullable(),
  timezone: z.string().nullable(),
  locale: z.string().nullable(),
};

export const profile = data({
  ...settings,
  avatar_url: z.string().nullable(),
  organization_id: uuid,
  roles: z.array(role),
});

export const profileUpdated = data({ ...settings, updated_at: time });

export const secondFactor = data({
  enabled: z.boolean(),
  methods: z.array(z.literal("totp")),
  backup_codes_remaining: z.int(),
});

export const enrolled = data({
  method: z.literal("totp"),
  secret: z.string().describe("Base32."),
  otpauth_uri: z.string(),
  enrollment_id: uuid,
});

export const confirmed = data({ enabled: z.literal(true), backup_codes: z.array(z.string()) });

const key = {
  id: uuid,
  name: z.string(),
  prefix: z.string().describe("How the key begins."),
  scopes: z.array(z.string()),
  created_at: time,
  expires_at: time.nullable(),
};

export const keys = z.object({
  data: z.array(z.object({ ...key, last_used_at: time.nullable() })),
  meta: z.object({ total: z.int() }),
});

export const keyCreated = data({ ...key, key: z.string().describe("Shown this once.") });

export const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional().describe("The problem of each field."),
  }),
});

function data<S extends z.ZodRawShape>(shape: S) {
  return z.object({ data: z.object(shape) });
}

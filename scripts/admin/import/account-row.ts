import * as z from "zod";

/** A day ahead: clocks differ, the operator's here too, and no account was made tomorrow. What is stored is the file's. */
const AHEAD_MS = 86_400_000;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, { error: "has control characters" })
    .refine((text) => text.isWellFormed(), { error: "is not well-formed Unicode" });
const name = line(200);
const text = line(2_000);

const NO_TIME = "must be a time, as 2026-01-31T12:00:00Z or in milliseconds since 1970";
/** RFC 3339, or milliseconds since the epoch. May be in the future: trials and keys end. */
const anyTime = z
  .union(
    [
      z.iso.datetime({ offset: true, error: NO_TIME }),
      z.int({ error: NO_TIME }).nonnegative({ error: NO_TIME }),
    ],
    { error: ({ input }) => (input === undefined ? "is missing" : NO_TIME) },
  )
  .transform((given) => new Date(given));
const time = anyTime.refine((at) => at.getTime() < Date.now() + AHEAD_MS, {
  error: "is in the future",
});

const profile = z.strictObject({
  ...Object.fromEntries(
    [
      ...["timezone", "locale", "avatarUrl", "phone", "companyName", "projectNameURL", "country"],
      ...["address1", "address2", "city", "region", "zip"],
    ].map((field) => [field, text.optional()]),
  ),
  hideBrandingIcon: z.boolean().optional(),
  hideLoadingLogo: z.boolean().optional(),
  invites: z
    .array(z.strictObject({ firstName: name, lastName: name, email: text, level: text }))
    .max(100)
    .optional(),
});

const base64url = z.string().regex(/^[\w-]{1,4096}$/);

const passkey = z.strictObject({
  id: z.uuid(),
  name,
  credential_id: base64url,
  public_key: base64url,
  counter: z.int().nonnegative(),
  transports: z.array(line(32)).max(10),
  synced: z.boolean(),
  created_at: time,
  last_used_at: time.nullable(),
});

const key = z.strictObject({
  id: z.uuid(),
  kind: z.enum(["api", "service"]),
  name,
  prefix: line(64),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(line(128)).max(100),
  created_at: time,
  expires_at: anyTime.nullable(),
  last_used_at: time.nullable(),
});

/**
 * An account as a line of NDJSON has it: what we export, and what every other format is made into. Null
 * is as good as absent. Names of fields that are not here are refused, so that a misspelt one is not lost.
 */
export const accountRow = z.strictObject({
  /** A UUID; drawn where none is given. */
  id: z.uuid().nullish(),
  email: z.string().trim().max(254).pipe(z.email()),
  email_verified: z.boolean().nullish(),
  email_verified_at: time.nullish(),
  name: name.nullish(),
  given_name: name.nullish(),
  family_name: name.nullish(),
  /** Taken with `--roles` alone. */
  role: z.enum(["user", "admin", "superadmin"]).nullish(),
  disabled: z.boolean().nullish(),
  disabled_at: time.nullish(),
  /** One of the kinds that docs/moving.md lists. */
  password_hash: z.string().max(2_048).nullish(),
  password_changed_at: time.nullish(),
  must_reset_password: z.boolean().nullish(),
  /** Base32 of an authenticator app: SHA-1, six digits, thirty seconds. */
  totp_secret: z.string().max(256).nullish(),
  profile: profile.nullish(),
  created_at: time.nullish(),
  updated_at: time.nullish(),
  trial_ends_at: anyTime.nullish(),
  /** Taken with `--roles` alone. */
  zapier: z.boolean().nullish(),
  /** As we store it, under the same `AUTH_SECRET`. */
  second_factor: z
    .strictObject({ sealed_secret: line(1_024), confirmed_at: time, last_step: z.int() })
    .nullish(),
  recovery_codes: z.array(line(256)).max(20).nullish(),
  passkeys: z.array(passkey).max(100).nullish(),
  /** Service keys with `--roles` alone. */
  keys: z.array(key).max(1_000).nullish(),
});

export type AccountRow = z.output<typeof accountRow>;
export type GivenRow = z.input<typeof accountRow>;

import * as z from "zod";
import { isLoopback } from "../core/is-loopback.ts";
import { SHORTEST_PASSWORD } from "../core/password/shortest-password.ts";
import type { CoreSettings } from "../core/ports.ts";
import { type MailSettings, mailSettings } from "./mail-settings.ts";
import { count, optional } from "./variables.ts";

const SECRET_MIN_LENGTH = 32;
const PASSWORD_ITERATIONS = 600_000;
/** `Name <address>` or a bare address, on one line. */
const SENDER = /^(?:[^\p{Cc}<>]*<[!-;=?-~]+@[a-z0-9.-]+>|[!-;=?-~]+@[a-z0-9.-]+)$/iu;

export interface Settings extends CoreSettings {
  /** Development opens the mailbox and is refused anywhere but on a loopback address. */
  development: boolean;
  authSecret: string;
  /** What it has sealed, and the passwords it has peppered, are still read. */
  authSecretPrevious: string | null;
  /** Others have read the one before: no token that it has made is taken any more. */
  previousIsLeaked: boolean;
  mailFrom: string;
  mail: MailSettings;
  passwordIterations: number;
  /** Null when passwords are not looked up among breached ones. */
  breachedPasswordsUrl: string | null;
  /** How long what happened to accounts is kept. */
  auditRetentionDays: number;
  /** Of requests that went well, one in so many leaves a line in the log. */
  logOneIn: number;
}

/** The settings are wrong: the message says which and what to do. It never holds a value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const secret = z
  .string({ error: "is missing" })
  .min(SECRET_MIN_LENGTH, { error: `is shorter than ${SECRET_MIN_LENGTH} characters` });

const origin = z
  .string()
  .refine((url) => new URL(url).pathname === "/" && !new URL(url).search, {
    error: "must have no path",
  })
  .transform((url) => new URL(url).origin);

const schema = z.object({
  ENVIRONMENT: z.enum(["production", "development"], {
    error: 'must be "production" or "development"',
  }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be the URL at which people reach this service" })
    .pipe(origin),
  AUTH_SECRET: secret,
  AUTH_SECRET_PREVIOUS: optional(secret),
  AUTH_SECRET_LEAKED: optional(secret),
  MAIL_FROM: z.string({ error: "is missing" }).regex(SENDER, { error: "must have an address" }),
  PASSWORD_MIN_LENGTH: count(SHORTEST_PASSWORD, SHORTEST_PASSWORD, 64),
  PASSWORD_ITERATIONS: count(PASSWORD_ITERATIONS, 1, 10_000_000),
  PASSWORD_FAILURES_BEFORE_DELAY: count(10, 3, 100),
  PASSWORD_FAILURES_BEFORE_CLOSING: count(100, 10, 100),
  MAILS_PER_HOUR: count(5, 1, 100),
  MAIL_SUPPRESSION_DAYS: count(14, 1, 365),
  WRONG_USER_CODES: count(5, 1, 10),
  WRONG_USER_CODES_OF_ALL: count(10_000, 100, 1_000_000),
  SESSION_CAP: count(10, 1, 1000),
  BREACHED_PASSWORDS_URL: optional(z.url({ error: "must be a URL" })),
  AUDIT_RETENTION_DAYS: count(400, 30, 3650),
  LOG_ONE_IN: count(1, 1, 10_000),
});

/** Reads the settings from variables and secrets. Throws a `SettingsError` that says what to do. */
export function loadSettings(variables: object): Settings {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new SettingsError(`${name} ${issue?.message}. ${advice(name)}`);
  }
  refuseWrongSecrets(parsed.data);
  const mail = mailSettings(variables, parsed.data.ENVIRONMENT === "development");
  if (typeof mail === "string") {
    throw new SettingsError(mail);
  }
  const settings = { ...named(parsed.data), mail };
  refuseWrongEnvironment(settings);
  return settings;
}

function named(variables: z.infer<typeof schema>): Omit<Settings, "mail"> {
  return {
    development: variables.ENVIRONMENT === "development",
    publicUrl: variables.PUBLIC_URL,
    authSecret: variables.AUTH_SECRET,
    authSecretPrevious: secretBefore(variables),
    previousIsLeaked: variables.AUTH_SECRET_LEAKED !== undefined,
    mailFrom: variables.MAIL_FROM,
    passwordMinLength: variables.PASSWORD_MIN_LENGTH,
    passwordIterations: variables.PASSWORD_ITERATIONS,
    passwordFailuresBeforeDelay: variables.PASSWORD_FAILURES_BEFORE_DELAY,
    passwordFailuresBeforeClosing: variables.PASSWORD_FAILURES_BEFORE_CLOSING,
    mailsPerHour: variables.MAILS_PER_HOUR,
    mailSuppressionDays: variables.MAIL_SUPPRESSION_DAYS,
    wrongUserCodes: variables.WRONG_USER_CODES,
    wrongUserCodesOfAll: variables.WRONG_USER_CODES_OF_ALL,
    sessionCap: variables.SESSION_CAP,
    breachedPasswordsUrl: variables.BREACHED_PASSWORDS_URL ?? null,
    auditRetentionDays: variables.AUDIT_RETENTION_DAYS,
    logOneIn: variables.LOG_ONE_IN,
  };
}

/** Null where it is the current one, as it is for a moment where the two are set one after the other. */
function secretBefore({
  AUTH_SECRET,
  AUTH_SECRET_PREVIOUS,
  AUTH_SECRET_LEAKED,
}: z.infer<typeof schema>): string | null {
  const before = AUTH_SECRET_PREVIOUS ?? AUTH_SECRET_LEAKED ?? null;
  return before === AUTH_SECRET ? null : before;
}

function refuseWrongSecrets({
  AUTH_SECRET_PREVIOUS,
  AUTH_SECRET_LEAKED,
}: z.infer<typeof schema>): void {
  if (AUTH_SECRET_PREVIOUS && AUTH_SECRET_LEAKED) {
    throw new SettingsError(
      'AUTH_SECRET_PREVIOUS and AUTH_SECRET_LEAKED are both set. Keep one: run "npx wrangler secret delete" with the name of the other.',
    );
  }
}

function refuseWrongEnvironment({ development, publicUrl, passwordIterations }: Settings): void {
  const { hostname, protocol } = new URL(publicUrl);
  if (development && !isLoopback(hostname)) {
    throw new SettingsError(
      'ENVIRONMENT is "development" but PUBLIC_URL is not a loopback address. Set ENVIRONMENT to "production" in wrangler.toml.',
    );
  }
  if (!development && protocol !== "https:") {
    throw new SettingsError("PUBLIC_URL must begin with https:. Set it in wrangler.toml.");
  }
  if (!development && passwordIterations < PASSWORD_ITERATIONS) {
    throw new SettingsError(
      `PASSWORD_ITERATIONS must be at least ${PASSWORD_ITERATIONS}. Remove it from wrangler.toml.`,
    );
  }
}

function advice(name: string): string {
  return name.startsWith("AUTH_SECRET")
    ? `Run "openssl rand -hex 32 | npx wrangler secret put ${name}"; on a laptop, remove its line from .dev.vars and run "npm run dev".`
    : "Set it in wrangler.toml.";
}

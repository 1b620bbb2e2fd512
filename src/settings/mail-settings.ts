import * as z from "zod";
import { isLoopback } from "../core/is-loopback.ts";
import { count, optional } from "./variables.ts";

/** Who carries letters, with what it takes to hand them over. */
export type MailSettings =
  | { transport: "mailbox" | "send_email" }
  | ({ transport: "smtp" } & SmtpSettings)
  | ({ transport: "resend" } & ResendSettings);

interface SmtpSettings {
  host: string;
  port: number;
  /** `none` is for a server on this machine, in development. */
  tls: "implicit" | "starttls" | "none";
  /** Null where the server asks nobody who they are. */
  login: { username: string; password: string } | null;
  /** How long each answer of the server may take. */
  timeoutSeconds: number;
}

interface ResendSettings {
  apiKey: string;
  /** Without a slash at its end. */
  url: string;
  /** What it signs with what it tells of letters; null where it tells nothing. */
  webhookSecret: string | null;
}

const TRANSPORTS = ["send_email", "smtp", "resend", "mailbox"] as const;
const RESEND = "https://api.resend.com";
/** RFC 8314 §3.3: TLS from the first byte. */
const IMPLICIT_TLS_PORT = 465;

const missing = { error: "is missing" };

const chosen = z.object({
  MAIL_TRANSPORT: optional(
    z.enum(TRANSPORTS, { error: 'must be "send_email", "smtp" or "resend"' }),
  ),
});

const smtp = z.object({
  SMTP_HOST: z
    .string(missing)
    .regex(/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/i, { error: "must be the name of a host alone" }),
  SMTP_PORT: count(587, 1, 65_535),
  SMTP_TLS: optional(
    z.enum(["implicit", "starttls", "none"], { error: 'must be "implicit" or "starttls"' }),
  ),
  SMTP_USERNAME: optional(z.string()),
  // RFC 4616 §2: no NUL may stand in it, which is what ends it.
  SMTP_PASSWORD: optional(z.string().regex(/^[^\0]+$/, { error: "must have no NUL in it" })),
  SMTP_TIMEOUT_SECONDS: count(60, 1, 300),
});

const resend = z.object({
  RESEND_API_KEY: z
    .string(missing)
    .regex(/^[\x21-\x7e]{8,200}$/, { error: "must be a key as Resend shows it" }),
  // 24 to 64 bytes, says the standard.
  RESEND_WEBHOOK_SECRET: optional(
    z
      .string()
      .regex(/^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
        error: "must be a signing secret as Resend shows it, which begins with whsec_",
      }),
  ),
  RESEND_URL: optional(z.url({ protocol: /^https?$/, error: "must be a URL" })),
});

/** The settings of mail; where they are wrong, the sentence that says which and what to do. */
export function mailSettings(variables: object, development: boolean): MailSettings | string {
  const read = chosen.safeParse(variables);
  if (!read.success) {
    return complaint(read.error);
  }
  const transport = read.data.MAIL_TRANSPORT ?? (development ? "mailbox" : "send_email");
  if (transport === "smtp") {
    return smtpSettings(variables, development);
  }
  if (transport === "resend") {
    return resendSettings(variables, development);
  }
  return transport === "mailbox" && !development
    ? 'MAIL_TRANSPORT "mailbox" is for development: letters would reach nobody. Set it in wrangler.toml.'
    : { transport };
}

function smtpSettings(variables: object, development: boolean): MailSettings | string {
  const read = smtp.safeParse(variables);
  if (!read.success) {
    return complaint(read.error);
  }
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_TIMEOUT_SECONDS: timeoutSeconds } = read.data;
  const tls = read.data.SMTP_TLS ?? (port === IMPLICIT_TLS_PORT ? "implicit" : "starttls");
  if (port === 25) {
    return "SMTP_PORT must be 587 or 465: no Worker gets through to port 25. Set it in wrangler.toml.";
  }
  if (tls === "none" && !(development && isLoopback(host))) {
    return 'SMTP_TLS "none" is for a server on this machine, in development: anybody on the way could read letters. Remove it from wrangler.toml.';
  }
  const login = loginOf(read.data);
  return typeof login === "string"
    ? login
    : { transport: "smtp", host, port, tls, login, timeoutSeconds };
}

function loginOf({
  SMTP_USERNAME: username,
  SMTP_PASSWORD: password,
}: z.infer<typeof smtp>): SmtpSettings["login"] | string {
  if (username !== undefined && password !== undefined) {
    return { username, password };
  }
  const missing = username === undefined ? "SMTP_USERNAME" : "SMTP_PASSWORD";
  return username === password ? null : `${missing} is missing. ${advice(missing)}`;
}

function resendSettings(variables: object, development: boolean): MailSettings | string {
  const read = resend.safeParse(variables);
  if (!read.success) {
    return complaint(read.error);
  }
  const { RESEND_API_KEY: apiKey, RESEND_URL = RESEND, RESEND_WEBHOOK_SECRET } = read.data;
  const webhookSecret = RESEND_WEBHOOK_SECRET ?? null;
  if (!development && !RESEND_URL.startsWith("https:")) {
    return "RESEND_URL must begin with https:. Remove it from wrangler.toml.";
  }
  const url = RESEND_URL.replace(/\/+$/, "");
  return { transport: "resend", apiKey, url, webhookSecret };
}

function complaint({ issues: [issue] }: z.ZodError): string {
  const name = String(issue?.path[0]);
  return `${name} ${issue?.message}. ${advice(name)}`;
}

function advice(name: string): string {
  return ["SMTP_PASSWORD", "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET"].includes(name)
    ? `Run "npx wrangler secret put ${name}"; on a laptop, write it into .dev.vars.`
    : "Set it in wrangler.toml.";
}

import { LOGIN } from "./mail-server.ts";

/** Has Latchkey hand its letters to a mail server of the tests. */
export function smtpVariables(port: number): Readonly<Record<string, string>> {
  return {
    MAIL_TRANSPORT: "smtp",
    SMTP_HOST: "localhost",
    SMTP_PORT: String(port),
    SMTP_USERNAME: LOGIN.username,
    SMTP_PASSWORD: LOGIN.password,
    SMTP_TIMEOUT_SECONDS: "30",
  };
}

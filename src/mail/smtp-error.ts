import type { Reply } from "./smtp-reply.ts";

/**
 * A letter was not taken, and may be the next time. It says at which command and by what codes: a
 * server's words may repeat an address, or what it was told.
 */
export class SmtpError extends Error {
  override readonly name = "SmtpError";

  static refused(command: string, { code, enhanced }: Reply): SmtpError {
    return new SmtpError(
      `the SMTP server refused ${command}: ${code}${enhanced ? ` ${enhanced}` : ""}`,
    );
  }
}

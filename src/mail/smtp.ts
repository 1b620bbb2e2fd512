import { Bounced } from "../core/mail/bounced.ts";
import { mimeMessage } from "./mime.ts";
import { parseSender } from "./sender.ts";
import { type Server, SmtpConnection } from "./smtp-connection.ts";
import { SmtpError } from "./smtp-error.ts";
import { type Reply, refusesMailbox } from "./smtp-reply.ts";
import type { Message, PlainTransport } from "./transport.ts";

export interface SmtpServer extends Server {
  /** Null where the server asks nobody who they are. */
  login: { username: string; password: string } | null;
}

/** An address that goes between angle brackets as it is: without SMTPUTF8 no other can be sent to. */
const ADDRESS = /^[!-;=?-~]+@[!-;=?-~]+$/;

/**
 * Message submission over SMTP (RFC 6409), a connection a letter. TLS comes before anything that is
 * secret: a server that offers none, or whose certificate is not good for its name, gets neither login
 * nor letter. `name` is what we call ourselves: a host.
 */
export function smtpTransport(server: SmtpServer, name: string): PlainTransport {
  return async (message) => {
    if (!ADDRESS.test(message.to)) {
      return new Bounced("not ASCII");
    }
    const connection = new SmtpConnection(server);
    try {
      const extensions = await greet(connection, server, name);
      await authenticate(connection, server, extensions);
      return await hand(connection, message);
    } finally {
      await connection.close();
    }
  };
}

/** Gives the extensions that the server has, by what it says within TLS where there is any. */
async function greet(
  connection: SmtpConnection,
  { tls }: Server,
  name: string,
): Promise<readonly string[]> {
  expect(await connection.reply("the connection"), "the connection", 220);
  const offered = await hello(connection, name);
  if (tls !== "starttls") {
    return offered;
  }
  if (!offered.includes("STARTTLS")) {
    throw new SmtpError("the SMTP server does not offer STARTTLS");
  }
  expect(await connection.ask("STARTTLS"), "STARTTLS", 220);
  connection.startTls();
  return hello(connection, name);
}

async function hello(connection: SmtpConnection, name: string): Promise<readonly string[]> {
  const { lines } = expect(await connection.ask(`EHLO ${name}`, "EHLO"), "EHLO", 250);
  return lines.slice(1).map((line) => line.toUpperCase().replace("=", " "));
}

/** RFC 4954; LOGIN, which has no RFC, for servers that know no PLAIN. */
async function authenticate(
  connection: SmtpConnection,
  { login }: SmtpServer,
  extensions: readonly string[],
): Promise<void> {
  if (!login) {
    return;
  }
  const { username, password } = login;
  const mechanisms = extensions.find((line) => line.startsWith("AUTH "))?.split(" ") ?? [];
  if (mechanisms.includes("PLAIN")) {
    const response = base64(`\0${username}\0${password}`);
    expect(await connection.ask(`AUTH PLAIN ${response}`, "AUTH"), "AUTH", 235);
  } else if (mechanisms.includes("LOGIN")) {
    expect(await connection.ask("AUTH LOGIN", "AUTH"), "AUTH", 334);
    expect(await connection.ask(base64(username), "AUTH"), "AUTH", 334);
    expect(await connection.ask(base64(password), "AUTH"), "AUTH", 235);
  } else {
    throw new SmtpError("the SMTP server offers neither AUTH PLAIN nor AUTH LOGIN");
  }
}

async function hand(connection: SmtpConnection, message: Message): Promise<void | Bounced> {
  const { email } = parseSender(message.from);
  expect(await connection.ask(`MAIL FROM:<${email}>`, "MAIL FROM"), "MAIL FROM", 250);
  const recipient = await connection.ask(`RCPT TO:<${message.to}>`, "RCPT TO");
  if (refusesMailbox(recipient)) {
    return bounced(recipient);
  }
  expect(recipient, "RCPT TO", 250, 251);
  // No line begins with a dot: those of the parts are base64, those between them begin with a dash.
  const letter = `${mimeMessage(message, { id: crypto.randomUUID(), at: new Date() })}.\r\n`;
  expect(await connection.ask("DATA"), "DATA", 354);
  await connection.send(letter, "the letter");
  const taken = await connection.reply("the letter");
  return refusesMailbox(taken) ? bounced(taken) : void expect(taken, "the letter", 250);
}

function bounced({ code, enhanced }: Reply): Bounced {
  return new Bounced(`${code} ${enhanced}`);
}

function expect(reply: Reply, command: string, ...codes: readonly number[]): Reply {
  if (!codes.includes(reply.code)) {
    throw SmtpError.refused(command, reply);
  }
  return reply;
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

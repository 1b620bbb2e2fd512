import type { IncomingMessage, ServerResponse } from "node:http";
import { LOGIN, type MailServer, startMailServer } from "./mail-server.ts";

const servers = new Map<string, Promise<MailServer>>();

/**
 * Mail servers for tests that run in the runtime of Workers: one for each mechanism of logging in, which
 * is the path, without TLS. Tells where it is, whom it lets in and what was done there.
 */
export async function mailServersOfRun(
  { url = "" }: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const starting = servers.get(url) ?? startMailServer(optionsOf(url.slice(1)));
  servers.set(url, starting);
  const { port, did, unref } = await starting;
  unref();
  answer.end(JSON.stringify({ port, login: LOGIN, did }));
}

const optionsOf = (mechanism: string) => ({
  authMethods: [mechanism],
  disabledCommands: ["STARTTLS"],
  allowInsecureAuth: true,
});

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";

/** A request as the server got it. */
export interface Asked {
  readonly headers: IncomingMessage["headers"];
  /** A field that is repeated is a list. */
  readonly form: Readonly<Record<string, string | readonly string[]>>;
}

/** `reset` closes the connection without an answer. */
export type Reply =
  | "reset"
  | {
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    };

export type Route = (asked: Asked) => Reply | Promise<Reply>;

export interface ScriptedServer {
  readonly issuer: string;
  /** What was asked at a path, in order. */
  readonly asked: (path: string) => readonly Asked[];
}

/** Metadata is served unless a route says otherwise; `announced` adds to it. */
export interface Script {
  readonly routes?: Readonly<Record<string, Route>>;
  readonly announced?: Readonly<Record<string, unknown>>;
}

const metadataPath = "/.well-known/oauth-authorization-server";

/** Starts an authorization server that answers as a test wants, and ends with the test. */
export async function scriptedServer(t: TestContext, script: Script): Promise<ScriptedServer> {
  const log = new Map<string, Asked[]>();
  let issuer = "";
  const metadata: Route = () => ({ body: { ...endpoints(issuer), ...script.announced } });
  const routes: Readonly<Record<string, Route>> = { [metadataPath]: metadata, ...script.routes };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const form = readForm(await text(request));
    const asked = { headers: request.headers, form };
    log.set(path, [...(log.get(path) ?? []), asked]);
    send((await routes[path]?.(asked)) ?? { status: 404 }, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { issuer, asked: (path) => log.get(path) ?? [] };
}

/** Answers one after the other. */
export function inTurn(...replies: readonly Reply[]): Route {
  const left = [...replies];
  return () => left.shift() ?? { status: 418, body: { error: "nothing_left_to_say" } };
}

function readForm(text: string): Asked["form"] {
  const fields = new URLSearchParams(text);
  const values = [...new Set(fields.keys())].map((name) => {
    const [only = "", ...more] = fields.getAll(name);
    return [name, more.length === 0 ? only : [only, ...more]];
  });
  return Object.fromEntries(values);
}

function endpoints(issuer: string): Record<string, unknown> {
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    device_authorization_endpoint: `${issuer}/device_authorization`,
    revocation_endpoint: `${issuer}/revoke`,
    userinfo_endpoint: `${issuer}/userinfo`,
  };
}

function send(reply: Reply, response: ServerResponse): void {
  if (reply === "reset") {
    response.destroy();
    return;
  }
  response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
  response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
}

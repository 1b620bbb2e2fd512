import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { anAddress } from "./an-address.ts";
import { issuer } from "./issuer.ts";

/** An answer on its way back, to be spoilt. */
export interface Passing {
  path: string;
  /** What was sent. */
  sent: string;
  status: number;
  headers: Headers;
  text: string;
}

export type Spoil = (answer: Passing) => Passing | Promise<Passing>;

/**
 * Serves Latchkey as if it stood at another origin, and spoils what it answers, for as long as `work`
 * takes. Its requests come from an address of its own.
 */
export async function behindProxy<Result>(
  spoil: Spoil,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const address = anAddress();
  const server = createServer(async (request, response) => {
    const { status, headers, text } = await spoil(await passOn(request, address, origin));
    response.writeHead(status, pairs(headers)).end(text);
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  try {
    return await work(origin);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function passOn(request: IncomingMessage, address: string, origin: string): Promise<Passing> {
  const body = await buffer(request);
  const { connection: _, host: _host, "content-length": _length, ...sent } = request.headers;
  const answer = await fetch(new URL(request.url ?? "/", issuer), {
    method: request.method ?? "GET",
    headers: { ...(sent as Record<string, string>), "cf-connecting-ip": address },
    body: body.length > 0 ? body : null,
    redirect: "manual",
  });
  const headers = new Headers(answer.headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) {
    headers.delete(name);
  }
  return {
    path: new URL(request.url ?? "/", origin).pathname,
    sent: body.toString(),
    status: answer.status,
    headers,
    text: (await answer.text()).replaceAll(issuer, origin),
  };
}

/** With each cookie by itself. */
function pairs(headers: Headers): Record<string, string | string[]> {
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { "set-cookie": cookies }) };
}

import { Client } from "undici";
import type { Answer, Ask, Send } from "./contender.ts";

/** Requests that wait for nothing but their answer, each over a connection that stays open. */
export interface Connections {
  all: readonly Send[];
  /** Sends over one or another of them, which may have to come free first. */
  any: Send;
  close(): Promise<void>;
}

/** A hash may be waited for behind all others. */
const TIMEOUT_MS = 60_000;

export function openConnections(url: string, count: number): Connections {
  const options = { pipelining: 1, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  const clients = Array.from({ length: count }, () => new Client(url, options));
  const all = clients.map((client) => (ask: Ask) => send(client, ask));
  let turn = 0;
  return {
    all,
    any: (ask) => {
      turn = (turn + 1) % count;
      return (all[turn] as Send)(ask);
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

async function send(client: Client, { method, path, headers, body }: Ask): Promise<Answer> {
  const all = { ...headers, ...from(), "user-agent": USER_AGENT };
  const answer = await client.request({ method, path, headers: all, body: body ?? null });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

let asked = 0;

/**
 * Whom a request comes from, as the edge would say it: another address each time, of 131,072 that are
 * nobody's (RFC 2544), and one place.
 */
function from(): Record<string, string> {
  asked = (asked + 1) % 131_072;
  const address = `198.${18 + (asked >> 16)}.${(asked >> 8) & 255}.${asked & 255}`;
  return { "cf-connecting-ip": address, "mf-cf-blob": PLACE };
}

const PLACE = JSON.stringify({
  city: "Vienna",
  country: "AT",
  asn: 64496,
  asOrganization: "Example Networks",
});

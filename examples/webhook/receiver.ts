import { createServer, type IncomingMessage, type Server } from "node:http";
import { isGenuine } from "./verify.ts";

/** What Latchkey sends. docs/webhooks.md has every field. */
export interface Message {
  type: string;
  timestamp: string;
  data: { id: string; account: string | null; outcome: string };
}

const MOST_BYTES = 65_536;

/**
 * Takes messages, each once: one that comes again is answered like the first and not told. Answers
 * before anything slow is done with it.
 */
export function createReceiver(secret: string, told: (message: Message) => void): Server {
  // In a real product: a table with a unique column.
  const seen = new Set<string>();
  return createServer(async (request, response) => {
    const body = await read(request);
    if (body === null || !isGenuine(request.headers, body, secret)) {
      response.writeHead(400).end();
      return;
    }
    const id = String(request.headers["webhook-id"]);
    response.writeHead(204).end();
    if (!seen.has(id)) {
      seen.add(id);
      told(JSON.parse(body) as Message);
    }
  });
}

/** Null for what is too long. */
async function read(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MOST_BYTES) {
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

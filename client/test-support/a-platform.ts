import type { Platform } from "../platform.ts";

/** A request as it was sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly redirect: string;
  /** Of a form or of JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** `lost` is no answer at all. */
export type Reply =
  | "lost"
  | { status?: number; headers?: Record<string, string>; body?: object | string };

export interface TestPlatform extends Platform {
  readonly sent: Sent[];
  /** Every wait in seconds. Nobody waited: the clock was set on. */
  readonly waits: number[];
  readonly setOn: (seconds: number) => void;
}

/** A machine whose server answers as a test wants, and whose clock moves when somebody sleeps. */
export function aPlatform(answer: (sent: Sent) => Reply | Promise<Reply>): TestPlatform {
  let now = Date.parse("2030-01-01T00:00:00Z");
  const sent: Sent[] = [];
  const waits: number[] = [];
  return {
    sent,
    waits,
    setOn: (seconds) => {
      now += seconds * 1_000;
    },
    now: () => now,
    random: () => 0,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      waits.push(milliseconds / 1_000);
      now += milliseconds;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const one = await read(request);
      sent.push(one);
      const reply = await answer(one);
      request.signal.throwIfAborted();
      if (reply === "lost") {
        throw new TypeError("fetch failed");
      }
      const { status = 200, headers = {}, body } = reply;
      const text = typeof body === "object" ? JSON.stringify(body) : (body ?? null);
      return new Response(text, { status, headers });
    },
  };
}

/** Answers one after the other. */
export function inTurn(...replies: Reply[]): () => Reply {
  return () => replies.shift() ?? { status: 418, body: { error: "nothing_left_to_say" } };
}

async function read(request: Request): Promise<Sent> {
  const text = await request.text();
  const isForm = request.headers.get("content-type")?.includes("form") ?? false;
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : Object(parsed(text));
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    headers: request.headers,
    redirect: request.redirect,
    fields,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

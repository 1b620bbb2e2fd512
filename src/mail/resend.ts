import { sha256Hex } from "../bytes/sha-256-hex.ts";
import { Bounced } from "../core/mail/bounced.ts";
import type { Message, Transport } from "./transport.ts";

export interface Resend {
  apiKey: string;
  /** Without a slash at its end. */
  url: string;
}

const TIMEOUT_MS = 20_000;
const MOST_TRIES = 3;
/** Longer than that waits in the queue. */
const MOST_WAIT_SECONDS = 5;
/** What stands in answers that we read: names, as of `https://resend.com/docs/api-reference/errors`. */
const NAME = /^[a-z_]{1,60}$/;

/** Resend did not take a letter, and may the next time. Its words may repeat an address. */
export class ResendError extends Error {
  override readonly name = "ResendError";
}

/**
 * Resend's HTTP API. A request whose answer was lost is repeated under the same key, which stands for
 * the letter as it is written: Resend sends it once. One that the queue brings again is written anew,
 * with another link or code, and goes out under a key of its own.
 */
export function resendTransport({ apiKey, url }: Resend): Transport {
  return async (message, tenantId) => {
    const body = bodyOf(message, tenantId);
    const request = {
      method: "POST",
      redirect: "manual",
      headers: {
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
        "idempotency-key": await sha256Hex(body),
      },
      body,
    } satisfies RequestInit;
    for (let triesLeft = MOST_TRIES - 1; ; triesLeft -= 1) {
      const answer = await ask(`${url}/emails`, request);
      if (answer.isFinal || triesLeft === 0) {
        return answer.end();
      }
      await scheduler.wait(answer.waitSeconds * 1000);
    }
  };
}

function bodyOf({ from, to, replyTo, subject, text, html }: Message, tenantId: string): string {
  // RFC 3834 §5: no holiday notice answers it.
  const headers = { "Auto-Submitted": "auto-generated" };
  // What is told of the letter comes back with them.
  const tags = [{ name: "latchkey_tenant", value: tenantId }];
  return JSON.stringify({ from, to: [to], reply_to: replyTo, subject, text, html, headers, tags });
}

interface Answer {
  /** Whether the same request would be answered alike. */
  isFinal: boolean;
  waitSeconds: number;
  /** Returns `Bounced` where the address was refused, throws where the letter was. */
  end(): Bounced | undefined;
}

async function ask(url: string, request: RequestInit): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await read(await fetch(url, { ...request, signal }));
  } catch (cause) {
    const error = new ResendError("Resend did not answer", { cause });
    const end = () => {
      throw error;
    };
    return { isFinal: false, waitSeconds: 1, end };
  }
}

async function read(response: Response): Promise<Answer> {
  const { status } = response;
  const { name, message } = response.ok ? { name: "", message: "" } : await problem(response);
  const retryAfter = Number(response.headers.get("retry-after") ?? 1);
  const mayPass = status >= 500 || name === "rate_limit_exceeded";
  return {
    isFinal: !mayPass || !(retryAfter <= MOST_WAIT_SECONDS),
    waitSeconds: retryAfter,
    end: () => end(status, name, message),
  };
}

function end(status: number, name: string, message: string): Bounced | undefined {
  if (status >= 200 && status < 300) {
    return undefined;
  }
  if (isAboutAddress(name, message)) {
    return new Bounced(`${status} ${name}`);
  }
  throw new ResendError(`Resend answered ${status} ${name}`.trimEnd());
}

async function problem(response: Response): Promise<{ name: string; message: string }> {
  const body: unknown = await response.json().catch(() => null);
  const { name, message } = (body ?? {}) as Record<string, unknown>;
  return {
    name: typeof name === "string" && NAME.test(name) ? name : "",
    message: typeof message === "string" ? message : "",
  };
}

/** What is wrong with a field goes by one name for all: its sentence names the field. */
function isAboutAddress(name: string, message: string): boolean {
  return name === "validation_error" && /^Invalid `to` field\b/.test(message);
}

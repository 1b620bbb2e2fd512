import type { Surroundings } from "../surroundings.ts";
import { objectIn } from "./object-in.ts";

/** What a server answered. A body that is no JSON object is empty. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** No answer came, or not all of it. Whether the server acted is unknown. */
export interface NoAnswer {
  readonly kind: "no answer";
  readonly why: string;
}

type Form = Readonly<Record<string, string | readonly string[]>>;

export interface Question {
  readonly url: string;
  /** Posted as a form, a list as a field that is repeated; without one the question is a GET. */
  readonly form?: Form;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Not to be broken off by the person: what the server does for it must not get lost. */
  readonly toTheEnd?: boolean;
}

const timeoutSeconds = 10;

/**
 * Asks a server once. Redirects are not followed: no token or code goes anywhere but to the address
 * that was announced.
 */
export async function ask(
  question: Question,
  { fetch, stop }: Surroundings,
): Promise<Answer | NoAnswer> {
  const timeout = AbortSignal.timeout((question.timeoutSeconds ?? timeoutSeconds) * 1_000);
  try {
    const response = await fetch(question.url, {
      ...(question.form && { method: "POST", body: encode(question.form) }),
      ...(question.headers && { headers: question.headers }),
      redirect: "manual",
      signal: question.toTheEnd ? timeout : AbortSignal.any([timeout, stop]),
    });
    const body = objectIn(await response.text());
    return { kind: "answer", status: response.status, headers: response.headers, body };
  } catch (error) {
    if (stop.aborted && !question.toTheEnd) {
      throw error;
    }
    return { kind: "no answer", why: reason(error) };
  }
}

function encode(form: Form): URLSearchParams {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of [value].flat()) {
      encoded.append(name, one);
    }
  }
  return encoded;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing answers there"],
  ["ECONNRESET", "the connection broke"],
  ["UND_ERR_SOCKET", "the connection broke"],
  ["ENOTFOUND", "no such host"],
  ["EAI_AGAIN", "host names cannot be looked up"],
]);

function reason(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") {
    return "no answer in time";
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no connection";
  return reasons.get(code) ?? code;
}

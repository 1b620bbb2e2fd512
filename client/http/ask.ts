import { LatchkeyError } from "../latchkey-error.ts";
import type { Platform } from "../platform.ts";
import type { Wire } from "../wire.ts";
import { readRefusal } from "./read-refusal.ts";

export type Operation = keyof Wire;
export type Answer<O extends Operation> = Wire[O]["answer"];

/** What goes with a request beside what its operation takes. */
interface Extras {
  /** What `{id}` in the path stands for. */
  readonly id?: string;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

export type Question<O extends Operation> = Omit<Wire[O], "answer"> & Extras;

/** Asks one Latchkey. */
export type Ask = <O extends Operation>(operation: O, question: Question<O>) => Promise<Answer<O>>;

const TIMEOUT_SECONDS = 10;

/**
 * Asks a server once. Every answer but a good one is a LatchkeyError, no answer as well; a signal that is
 * aborted is its own reason. Redirects are not followed: no token goes anywhere but to this server, or
 * where it is said to have what Latchkey has at a path.
 */
export function asking(
  server: URL,
  { fetch, now }: Platform,
  locate = (path: string) => new URL(path, server),
): Ask {
  return async (operation, question) => {
    const { bearer, signal, timeoutSeconds = TIMEOUT_SECONDS } = question;
    const { method, url, body } = request(locate, operation, question);
    const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
    const headers = { ...question.headers, ...(bearer && { authorization: `Bearer ${bearer}` }) };
    const { status, heard, text } = await noAnswerUnlessHeard(signal, async () => {
      const response = await fetch(url, {
        method,
        headers: body.type ? { ...headers, "content-type": body.type } : headers,
        ...(body.text !== undefined && { body: body.text }),
        redirect: "manual",
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      return { status: response.status, heard: response.headers, text: await response.text() };
    });
    const content = objectIn(text);
    if (status < 200 || status > 299) {
      throw readRefusal({ status, headers: heard, content: content ?? {} }, now());
    }
    if (text !== "" && !content) {
      throw new LatchkeyError("unexpected_answer", `${server.origin} answered no JSON.`, {
        status,
      });
    }
    return content as never;
  };
}

/** Whether the server acted is unknown when no answer came, or not all of it. */
async function noAnswerUnlessHeard<T>(
  signal: AbortSignal | undefined,
  hear: () => Promise<T>,
): Promise<T> {
  try {
    return await hear();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new LatchkeyError("no_answer", "Latchkey did not answer.", { cause });
  }
}

function request(
  locate: (path: string) => URL,
  operation: Operation,
  question: { id?: string; json?: object; form?: object },
) {
  const [method = "", path = ""] = operation.split(" ");
  const { id = "" } = question;
  // They would make another path of it, and encoding does not help. URL Standard §4.4.
  if (path.includes("{id}") && ["", ".", ".."].includes(id)) {
    throw new TypeError(`${JSON.stringify(id)} is no id.`);
  }
  const url = locate(path.replace("{id}", encodeURIComponent(id)));
  return { method, url: url.href, body: bodyOf(question) };
}

function bodyOf({ json, form }: { json?: object; form?: object }): {
  type?: string;
  text?: string;
} {
  if (json) {
    return { type: "application/json", text: JSON.stringify(json) };
  }
  if (!form) {
    return {};
  }
  const fields = Object.entries(form).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)]),
  );
  return {
    type: "application/x-www-form-urlencoded",
    text: new URLSearchParams(fields).toString(),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

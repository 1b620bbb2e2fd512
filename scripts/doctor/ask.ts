import type { Patient } from "./patient.ts";

const PATIENCE_MS = 15_000;

export interface Question {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** A body as JSON. */
  json?: unknown;
  /** A body as a form. */
  form?: Readonly<Record<string, string>>;
  /** A body as it is, said to be JSON. */
  text?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The fields of a JSON object; empty for every other body. */
  body: Readonly<Record<string, unknown>>;
  milliseconds: number;
}

/** Asks once, follows no redirect, and gives whatever is answered. Throws when nothing is. */
export async function ask(
  { url, send, stop }: Pick<Patient, "url" | "send" | "stop">,
  path: string,
  question: Question = {},
): Promise<Answer> {
  const begun = performance.now();
  const response = await send(new URL(path, url), {
    ...written(question),
    redirect: "manual",
    signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: fields(text), milliseconds: performance.now() - begun };
}

function written({ method, headers, json, form, text }: Question): RequestInit {
  if (form) {
    return { method: method ?? "POST", headers: { ...headers }, body: new URLSearchParams(form) };
  }
  const body = json === undefined ? text : JSON.stringify(json);
  return body === undefined
    ? { method: method ?? "GET", headers: { ...headers } }
    : {
        method: method ?? "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      };
}

function fields(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return body !== null && typeof body === "object" ? { ...body } : {};
  } catch {
    return {};
  }
}

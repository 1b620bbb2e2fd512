import { LatchkeyError } from "../latchkey-error.ts";
import { retryAfterSeconds } from "./retry-after-seconds.ts";

interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A refusal in the words of whichever contract it came from, or of OAuth. */
export function readRefusal({ status, headers, content }: Refusal, now: number): LatchkeyError {
  const { code, message, fields } = said(content);
  const words = message ?? code ?? `Latchkey answered ${status}.`;
  return new LatchkeyError(code ?? `http_${status}`, words, {
    status,
    retryAfterSeconds: retryAfterSeconds(headers, now),
    requestId: headers.get("x-request-id"),
    fields: fields ?? {},
  });
}

interface Said {
  code?: string | undefined;
  message?: string | undefined;
  fields?: Record<string, string>;
}

function said(content: Readonly<Record<string, unknown>>): Said {
  const { error, message } = content;
  // Planasonix: { error: { code, message, fields? } }.
  if (typeof error === "object" && error !== null) {
    const inner = error as Readonly<Record<string, unknown>>;
    return {
      code: text(inner["code"]),
      message: text(inner["message"]),
      fields: texts(inner["fields"]),
    };
  }
  // CREDEBL: { statusCode, message, error: "Not Found" }.
  if ("statusCode" in content) {
    const code = text(error)?.toLowerCase().replaceAll(" ", "_");
    return { code, message: text([message].flat().join("; ")) };
  }
  // OAuth: { error, error_description }; Pionne: { error, message }.
  return { code: text(error), message: text(content["error_description"]) ?? text(message) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): Record<string, string> {
  const pairs = Object.entries(value ?? {}).map(([name, one]) => [name, String(one)]);
  return Object.fromEntries(pairs);
}

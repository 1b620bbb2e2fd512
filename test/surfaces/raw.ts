import { expect } from "vitest";
import { type Answer, randomAddress, type TestService } from "../support/service.ts";

/** Stands in what is sent and must not stand in a refusal. */
export const MARK = "<b>echo</b>";

export type Sent = string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData | ReadableStream;

interface Raw {
  method: string;
  path: string;
  bearer?: string | null;
  body?: Sent | null;
  contentType?: string | null;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Sends a request as it is, from an address of its own. Whatever was sent, the answer is no failure
 * of the service, it shows nothing of its inside, and a refusal shows nothing of what came in.
 */
export async function sendRaw(service: TestService, raw: Raw): Promise<Answer<unknown>> {
  const { status, headers, ...response } = await answered(service, requestFor(service, raw));
  const shown = [...headers].join("\n") + response.text;

  expect(status).toBeLessThan(500);
  expect(shown).not.toMatch(/\bat \S+:\d+|\.ts:\d|\bstack\b|exception|invalid input/i);
  if (status >= 400) {
    expect(shown).not.toMatch(/echo/i);
  }
  return { status, headers, body: response.text === "" ? null : JSON.parse(response.text) };
}

function requestFor(service: TestService, raw: Raw): Request {
  const { method, path, bearer = null, body = null, contentType = null, headers = {} } = raw;
  const request = new Request(service.settings.publicUrl + path, { method, headers, body });
  request.headers.set("cf-connecting-ip", randomAddress());
  contentType !== null && request.headers.set("content-type", contentType);
  bearer !== null && request.headers.set("authorization", `Bearer ${bearer}`);
  return request;
}

async function answered(service: TestService, request: Request) {
  const response = await service.fetch(request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

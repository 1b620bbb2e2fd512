import { expect } from "vitest";
import { type Answer, randomAddress, type TestService } from "../support/service.ts";

/** Stands in what is sent and must not stand in an answer. */
export const MARK = "<b>echo</b>";

export type Sent = string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData | ReadableStream;

interface Raw {
  method: string;
  path: string;
  bearer?: string | null;
  body?: Sent | null;
  contentType?: string | null;
}

/**
 * Sends a body as it is, from an address of its own. Whatever was sent, the answer is no failure of
 * the service and shows neither its inside nor what came in.
 */
export async function sendRaw(
  service: TestService,
  { method, path, bearer = null, body = null, contentType = null }: Raw,
): Promise<Answer<unknown>> {
  const request = new Request(service.settings.publicUrl + path, { method, body });
  request.headers.set("cf-connecting-ip", randomAddress());
  contentType !== null && request.headers.set("content-type", contentType);
  bearer !== null && request.headers.set("authorization", `Bearer ${bearer}`);

  const { status, headers, ...response } = await answered(service, request);

  expect(status).toBeLessThan(500);
  expect(response.text).not.toMatch(/echo|\bat \S+:\d+|\.ts\b|stack|exception/i);
  return { status, headers, body: response.text === "" ? null : JSON.parse(response.text) };
}

async function answered(service: TestService, request: Request) {
  const response = await service.fetch(request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

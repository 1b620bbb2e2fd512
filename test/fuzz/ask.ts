import type { Body, Pairs } from "./bodies.ts";
import type { Cast } from "./cast.ts";
import type { Headers as SentHeaders } from "./headers.ts";
import { type Known, percentEncoded, unfold } from "./texts.ts";

/** A request as it is shown where it broke something: what is known stands in it by name. */
export interface Case {
  method: string;
  /** As it is sent, but for what is known. */
  path: string;
  query?: Pairs;
  headers: SentHeaders;
  body: Body | null;
}

export interface Answered {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

/** Sends a case, from an address of its own unless it says otherwise. */
export async function ask({ office, known }: Cast, input: Case): Promise<Answered> {
  const { method } = input;
  const path = unfold(input.path, known);
  const query = input.query?.length ? `?${form(input.query, known)}` : "";
  const request = new Request(office.settings.publicUrl + path + query, {
    method,
    redirect: "manual",
    headers: { "cf-connecting-ip": nextAddress(), ...headersOf(input, known) },
    body: method === "GET" || method === "HEAD" ? null : bodyOf(input.body, known),
  });
  const response = await office.fetch(request);
  response.webSocket?.accept();
  response.webSocket?.close();
  const { status, headers } = response;
  return {
    method,
    path: new URL(request.url).pathname,
    status,
    headers,
    text: await textOf(response),
  };
}

/** An upgraded connection has no body to read. */
async function textOf(response: Response): Promise<string> {
  return response.webSocket ? "" : response.text();
}

function headersOf({ headers }: Case, known: Known): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, sendable(unfold(value, known))]),
  );
}

/** As much as a client of HTTP lets through: the rest would never arrive. RFC 9110 §5.5. */
function sendable(value: string): string {
  return value.replace(/[^\t\x20-\x7e]/g, "");
}

function bodyOf(body: Body | null, known: Known): string | Uint8Array<ArrayBuffer> | null {
  if (body === null) {
    return null;
  }
  if ("hex" in body) {
    return Uint8Array.fromHex(body.hex);
  }
  return "form" in body ? form(body.form, known) : unfold(body.text, known);
}

function form(pairs: Pairs, known: Known): string {
  return pairs
    .map((pair) => pair.map((part) => percentEncoded(unfold(part, known))).join("="))
    .join("&");
}

let addresses = 0;

/** No two cases share one: the fences around attempts would hide what is behind them. */
function nextAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

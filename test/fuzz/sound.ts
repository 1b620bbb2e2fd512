import { expect } from "vitest";
import type { Message } from "../../src/mail/transport.ts";
import { REGISTERED } from "../oauth/registered-errors.ts";
import { readHtml } from "../support/html.ts";
import type { Answered } from "./ask.ts";
import { MARK } from "./texts.ts";

/** In words that no random token is likely to hold. */
const INSIDE =
  /\bat (\S+ \()?\S+:\d+:\d+|\.tsx?\b|\bstack\b|exception|node_modules|\bSQLITE_|\bD1_ERROR|invalid input/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** What anybody may keep for a while. */
const KEPT = /^\/(\.well-known\/[\w.-]+|style\.css|assets\/[\w.-]+|health|openapi\.json)$/;
/** As the admin API shows a name that it does not know, and nothing else of what came in. */
const UNKNOWN_NAME = /'[\x20\x21\x23-\x26\x28-\x5b\x5d-\x7e]{0,40}(\.\.\.)?'/g;
/** RFC 6749 §5.2. */
export const DESCRIPTION = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * What holds of every answer, whatever was asked: no failure, none of our inside, the headers that
 * protect it, and nothing that came in where it would be more than text.
 */
export async function expectSound(answer: Answered): Promise<void> {
  const { method, status, headers, text, path } = answer;
  expect(status).toBeLessThan(500);
  expectHeaders(answer);
  if (method === "HEAD") {
    expect(text).toBe("");
    return;
  }
  if (status >= 400) {
    expect(text).not.toMatch(INSIDE);
  }
  const type = headers.get("content-type");
  if (type?.startsWith("text/html")) {
    expect(type).toBe("text/html; charset=UTF-8");
    await expectHarmless(text);
  } else if (type === "application/json") {
    expect(typeof JSON.parse(text)).toBe("object");
    if (status >= 400) {
      expect(text.replaceAll(UNKNOWN_NAME, "")).not.toContain(MARK);
    }
  } else if (status >= 400 || !KEPT.test(path)) {
    expect([type, text]).toEqual([null, ""]);
  }
}

function expectHeaders({ method, status, headers, path }: Answered): void {
  if (status === 101) {
    return;
  }
  const policy = headers.get("content-security-policy") ?? "";
  expect(Object.fromEntries(PROTECTING.map(([name]) => [name, headers.get(name)]))).toEqual(
    Object.fromEntries(PROTECTING),
  );
  expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(policy).not.toMatch(/script-src[^;]*(unsafe|http|\*)/);
  expect(headers.get("x-request-id")).toMatch(UUID);
  if (method !== "OPTIONS" && (status >= 400 || !KEPT.test(path))) {
    expect(headers.get("cache-control")).toBe("no-store");
  }
  for (const [name, value] of headers) {
    expect(name).not.toContain(MARK);
    // Where it may stand, what is beside it is encoded, or needs not be. RFC 3986 §2.3.
    expect(value).not.toMatch(new RegExp(`[^\\w%=!.~*'()-]${MARK}|${MARK}[^\\w%&;!.~*'()-]`));
  }
}

const PROTECTING = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["strict-transport-security", "max-age=63072000; includeSubDomains"],
] as const;

/** Parsed as a browser does: nothing that came in became an element, an attribute or a way out. */
async function expectHarmless(html: string): Promise<void> {
  const { elements } = await readHtml(html);
  for (const { tag, attributes } of elements) {
    expect(tag).not.toContain(MARK);
    expect(
      Object.keys(attributes).filter((name) => name.includes(MARK) || /^on/.test(name)),
    ).toEqual([]);
    for (const name of ["href", "src", "action", "formaction"]) {
      expect(attributes[name] ?? "/").toMatch(/^(\/(?![/\\])|http:\/\/localhost:8787|data:,$|#)/);
    }
  }
}

/** The same of what is mailed, whose lines are a header too. */
export async function expectHarmlessLetters(letters: readonly Message[]): Promise<void> {
  for (const { to, subject, html } of letters) {
    expect(`${to}${subject}`).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
    await expectHarmless(html);
  }
}

/** A refusal in OAuth's form, or in none where no token was sent. RFC 6749 §5.2, RFC 6750 §3.1. */
export function expectOAuthRefusal({ status, headers, text }: Answered): void {
  const challenge = headers.get("www-authenticate") ?? "";
  expect(status === 401).toBe(
    challenge !== "" && !/invalid_request|insufficient_scope/.test(challenge),
  );
  if (text === "") {
    expect([status, challenge]).toEqual([401, 'Bearer realm="Latchkey"']);
    return;
  }
  expect(headers.get("content-type")).toBe("application/json");
  expect(JSON.parse(text)).toEqual({
    error: expect.toBeOneOf(REGISTERED),
    error_description: expect.stringMatching(DESCRIPTION),
  });
}

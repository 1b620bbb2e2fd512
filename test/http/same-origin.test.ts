import { HonoRequest } from "hono/request";
import { describe, expect, it } from "vitest";
import { isSameOrigin } from "../../src/http/same-origin.ts";

const OURS = "https://auth.example.test";

const judged = (headers: Record<string, string>, publicUrl = OURS) =>
  isSameOrigin(
    new HonoRequest(new Request(`${OURS}/device`, { method: "POST", headers })),
    publicUrl,
  );

describe("SES-07: a request that rides on a cookie is let through when", () => {
  it.each<[string, Record<string, string>]>([
    ["the browser says it came from our own page", { "sec-fetch-site": "same-origin" }],
    ["an older browser says that our origin sent it", { origin: OURS }],
    [
      "the browser says same origin and nothing else it sends is asked",
      { "sec-fetch-site": "same-origin", origin: "null" },
    ],
  ])("%s", (_, headers) => {
    expect(judged(headers)).toBe(true);
  });

  it("our origin is the configured one, its port included", () => {
    expect(judged({ origin: "http://localhost:8787" }, "http://localhost:8787")).toBe(true);
    expect(judged({ origin: "http://localhost:8788" }, "http://localhost:8787")).toBe(false);
    expect(judged({ origin: "http://localhost" }, "http://localhost:8787")).toBe(false);
  });
});

describe("SES-07: a request that rides on a cookie is refused when", () => {
  it.each<[string, Record<string, string>]>([
    ["it says nothing about where it came from", {}],
    ["a page of another site sent it", { "sec-fetch-site": "cross-site" }],
    ["a page of a sister domain sent it", { "sec-fetch-site": "same-site" }],
    ["it was typed in or came from a bookmark", { "sec-fetch-site": "none" }],
    ["the browser says something new", { "sec-fetch-site": "other" }],
    ["the browser's word is misspelled", { "sec-fetch-site": "Same-Origin" }],
    ["the browser gives two words", { "sec-fetch-site": "same-origin, cross-site" }],
    [
      "the browser says cross-site, though the origin is ours",
      { "sec-fetch-site": "cross-site", origin: OURS },
    ],
    ["its origin is hidden", { origin: "null" }],
    ["its origin is another site", { origin: "https://attacker.example" }],
    ["its origin is ours over plain HTTP", { origin: "http://auth.example.test" }],
    ["its origin is ours on another port", { origin: `${OURS}:8443` }],
    ["its origin begins like ours", { origin: `${OURS}.attacker.example` }],
    ["its origin ends like ours", { origin: "https://evil-auth.example.test" }],
    ["its origin is our parent domain", { origin: "https://example.test" }],
    ["its origin is below ours", { origin: "https://x.auth.example.test" }],
    ["its origin has a path", { origin: `${OURS}/` }],
    ["only its referrer is ours", { referer: `${OURS}/device` }],
    ["only its host is ours", { host: "auth.example.test" }],
    ["it names our host as the one forwarded for", { "x-forwarded-host": "auth.example.test" }],
  ])("%s", (_, headers) => {
    expect(judged(headers)).toBe(false);
  });
});

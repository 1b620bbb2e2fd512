import { TrieRouter } from "hono/router/trie-router";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { LiteralFirstRouter } from "../../src/http/literal-first-router.ts";
import { startService } from "../support/service.ts";
import { filled } from "../surfaces/every-row.ts";

const PARTS = { tenant: "default", email: "x", userId: "x", sessionId: "x", id: "x" };
const ELSEWHERE = ["/nothing", "/health/", "/auth//sessions", "/:tenant/api/v1/auth/me", "*"];
const METHODS = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "ALL"];

const app = createApp(startService());

function both() {
  const trie = new TrieRouter<object>();
  const router = new LiteralFirstRouter<object>();
  for (const { method, path, handler } of app.routes) {
    trie.add(method, path, handler);
    router.add(method, path, handler);
  }
  return { trie, router };
}

describe("the router", () => {
  it("is what the app asks", () => {
    expect(app.router.name).toBe("LiteralFirstRouter");
  });

  it("finds what the trie finds, for every route and method, the first time and again", () => {
    const { trie, router } = both();
    const paths = new Set([...app.routes.map(({ path }) => filled(path, PARTS)), ...ELSEWHERE]);

    for (const path of paths) {
      for (const method of METHODS) {
        const found = trie.match(method, path);
        expect(router.match(method, path)).toEqual(found);
        expect(router.match(method, path)).toEqual(found);
      }
    }
  });

  it("searches once for a path without parameters", () => {
    const { router } = both();

    expect(router.match("GET", "/health")).toBe(router.match("GET", "/health"));
  });

  it.each([
    ["with parameters", "DELETE", "/api/auth/tokens/1"],
    ["that is no route's", "GET", "/nothing"],
    ["that takes another method", "PATCH", "/health"],
  ])("keeps nothing for a path %s", (_, method, path) => {
    const { router } = both();

    expect(router.match(method, path)).not.toBe(router.match(method, path));
  });

  it("knows of a route that is added late", () => {
    const router = new LiteralFirstRouter<string>();
    router.add("GET", "/a", "first");
    router.match("GET", "/a");
    router.add("GET", "/a", "second");

    expect(router.match("GET", "/a")[0].map(([handler]) => handler)).toEqual(["first", "second"]);
  });
});

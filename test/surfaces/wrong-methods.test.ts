import { describe, expect, it } from "vitest";
import { startService } from "../support/service.ts";
import { everyRow } from "./every-row.ts";
import { heard, inOwnWords } from "./own-words.ts";
import { sendRaw } from "./raw.ts";
import { superadmin } from "./superadmin.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"];

const service = startService();
const rows = everyRow();

/** Every path once, with what all contracts together take there. */
const paths = [...Map.groupBy(rows, ({ path }) => path)].map(([path, [first, ...more]]) => {
  if (!first || more.some(({ surface }) => surface !== first.surface)) {
    throw new Error(`${path} belongs to two contracts`);
  }
  const taken = new Set([first, ...more].map(({ method }) => method));
  taken.has("GET") && taken.add("HEAD");
  return { path, surface: first.surface, contract: first.contract, taken };
});

it("there are paths of every contract, and some take more than one method", () => {
  expect(new Set(paths.map(({ contract }) => contract)).size).toBe(5);
  expect(
    Object.fromEntries(paths.map(({ path, taken }) => [path, [...taken].sort().join()])),
  ).toMatchObject({
    "/api/auth/refresh": "POST",
    "/api/auth/tokens": "DELETE,GET,HEAD",
    "/api/user/api-keys": "GET,HEAD,POST",
    "/api/users/me": "GET,HEAD,PUT",
    "/api/v1/auth/me": "GET,HEAD,PUT",
    "/auth/verify": "GET,HEAD",
  });
});

describe.each(paths)("$path ($contract)", ({ path, surface, taken }) => {
  it.each(METHODS.filter((method) => !taken.has(method)))(
    "refuses %s and says what it takes",
    async (method) => {
      const answer = await sendRaw(service, { method, path });
      const { allow = "", ...headers } = heard(surface, answer).headers as Record<string, string>;
      const refusal = inOwnWords(surface, "method_not_allowed");

      expect({ ...heard(surface, answer), headers }).toEqual({
        ...refusal,
        body: method === "HEAD" ? null : refusal.body,
      });
      expect(allow.split(", ").sort()).toEqual([...taken].sort());
    },
  );

  it("refuses another method before it looks at what is sent", async () => {
    const body = "x".repeat(100_000);
    const answer = await sendRaw(service, { method: "PATCH", path, body, contentType: "a/b" });

    expect(answer.status).toBe(405);
  });
});

describe.each(rows.filter(({ method }) => method === "GET"))("$endpoint", ({ path, surface }) => {
  it("answers HEAD like GET, without the body", async () => {
    for (const bearer of [null, "not-a-token", await superadmin()]) {
      const get = heard(surface, await sendRaw(service, { method: "GET", path, bearer }));
      const head = heard(surface, await sendRaw(service, { method: "HEAD", path, bearer }));

      expect(get.body).not.toBeNull();
      expect(head).toEqual({ ...get, body: null });
    }
  });
});

describe("a base that two contracts share", () => {
  it.each([
    ["/api/auth/refresh", "planasonix"],
    ["/api/auth/login", "pionne"],
    ["/api/user/profile", "planasonix"],
    ["/api/users/me", "planpoint"],
    ["/api/v1/auth/me", "lnchr"],
    ["/v1/auth/signin", "credebl"],
  ])("%s is of %s whatever the method", (path, contract) => {
    expect(paths.find((known) => known.path === path)?.contract).toBe(contract);
  });
});

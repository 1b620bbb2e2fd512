import { describe, expect, it } from "vitest";
import { surfaces } from "../../src/surfaces/index.ts";
import { startService } from "../support/service.ts";

/** Every URL that a client of a contract may know, as its documentation has them. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  planasonix: [
    "POST /api/login",
    "POST /api/auth/refresh",
    "POST /api/register",
    "POST /api/forgot-password",
    "POST /api/reset-password",
    "POST /api/verify-email",
    "POST /api/v2/auth/device",
    "POST /api/v2/auth/device/token",
    "POST /api/v2/auth/device/authorize",
  ],
};

const claims = surfaces.flatMap(({ terms, routes }) =>
  Object.values(routes).map(([endpoint]) => ({ contract: terms.contract, endpoint })),
);

describe("the routes of all contracts", () => {
  it("claim each method and path once", () => {
    const claimed = claims.map(({ endpoint }) => endpoint);

    expect(claimed.filter((endpoint, index) => claimed.indexOf(endpoint) !== index)).toEqual([]);
  });

  it("lie under the base of their contract", () => {
    const astray = surfaces.flatMap(({ base, routes }) =>
      Object.values(routes).filter(([endpoint]) => !endpoint.split(" ")[1]?.startsWith(`${base}/`)),
    );

    expect(astray).toEqual([]);
  });

  it("belong to contracts whose names and token prefixes are their own", () => {
    const names = surfaces.map(({ terms }) => terms.contract);
    const prefixes = surfaces.flatMap(({ terms }) => terms.refreshToken?.prefix ?? []);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe.each(Object.entries(DOCUMENTED))("the contract %s", (contract, endpoints) => {
  it.each(endpoints)("serves %s", async (endpoint) => {
    const [method = "", path = ""] = endpoint.split(" ");

    const { status, body } = await startService().ask<{ error: { code: string } }>(path, {
      method,
    });

    expect([400, 401]).toContain(status);
    expect(["validation_error", "unauthorized"]).toContain(body.error.code);
  });

  it("has no route that is not documented", () => {
    const served = claims.filter((claim) => claim.contract === contract);

    expect(served.map(({ endpoint }) => endpoint).sort()).toEqual([...endpoints].sort());
  });
});

import { describe, expect, it } from "vitest";
import { surfaces } from "../../src/surfaces/index.ts";
import { pathsOf } from "../../src/surfaces/mount.ts";
import type { Surface } from "../../src/surfaces/surface.ts";
import { startService } from "../support/service.ts";

/** Every URL that a client of a contract may know, as its documentation has them. */
const DOCUMENTED: Readonly<Record<string, { bases: string[]; endpoints: string[] }>> = {
  planasonix: {
    bases: ["/api"],
    endpoints: [
      "POST /login",
      "POST /login/mfa",
      "POST /auth/refresh",
      "POST /register",
      "POST /forgot-password",
      "POST /reset-password",
      "POST /verify-email",
      "POST /v2/auth/device",
      "POST /v2/auth/device/token",
      "POST /v2/auth/device/authorize",
      "GET /user/profile",
      "PUT /user/profile",
      "POST /user/password",
      "GET /user/mfa",
      "POST /user/mfa/enable",
      "POST /user/mfa/verify",
      "POST /user/mfa/disable",
      "GET /user/api-keys",
      "POST /user/api-keys",
      "DELETE /user/api-keys/:id",
    ],
  },
  lnchr: {
    bases: ["/api/v1", "/:tenant/api/v1"],
    endpoints: [
      "GET /auth/setup-status",
      "POST /auth/register",
      "POST /auth/login",
      "POST /auth/logout",
      "POST /auth/send-code",
      "POST /auth/verify-code",
      "GET /auth/me",
      "PUT /auth/me",
      "PUT /auth/me/password",
      "POST /auth/me/set-initial-password",
      "GET /settings/service-keys",
      "POST /settings/service-keys",
      "DELETE /settings/service-keys/:id",
    ],
  },
  credebl: {
    bases: ["/auth", "/v1/auth"],
    endpoints: [
      "POST /signin",
      "POST /refresh-token",
      "POST /signout",
      "POST /forgot-password",
      "POST /password-reset/:email",
      "POST /reset-password",
      "GET /:userId/sessions",
      "DELETE /:sessionId/sessions",
      "GET /clientAliases",
      "POST /verification-mail",
      "GET /verify",
      "POST /signup",
    ],
  },
  pionne: {
    bases: ["/api/auth"],
    endpoints: [
      "POST /register",
      "POST /login",
      "POST /login/totp",
      "POST /logout",
      "GET /me",
      "GET /tokens",
      "DELETE /tokens/:id",
      "DELETE /tokens",
      "POST /totp/enable",
      "POST /totp/confirm",
      "POST /totp/disable",
      "POST /totp/recovery-codes",
    ],
  },
  planpoint: {
    bases: ["/api/users"],
    endpoints: ["POST /login", "POST /refresh", "POST /logout", "GET /me", "PUT /me"],
  },
};

const documented = Object.entries(DOCUMENTED).flatMap(([contract, { bases, endpoints }]) =>
  bases.flatMap((base) =>
    endpoints.map((endpoint) => ({ contract, endpoint: endpoint.replace(" ", ` ${base}`) })),
  ),
);

/** Every method and path that a contract takes, under each of its bases. */
function claimsOf(surface: Surface): { contract: string; endpoint: string }[] {
  const endpoints = new Set(Object.values(surface.routes).map(([endpoint]) => endpoint));
  return [...endpoints].flatMap((endpoint) => {
    const [method, path = ""] = endpoint.split(" ");
    return pathsOf(surface, path).map((served) => ({
      contract: surface.terms.contract,
      endpoint: `${method} ${served}`,
    }));
  });
}

const claims = surfaces.flatMap(claimsOf);

describe("the routes of all contracts", () => {
  it("claim each method and path once, whatever their parts are called", () => {
    const claimed = claims.map(({ endpoint }) => endpoint.replaceAll(/:\w+/g, ":"));

    expect(claimed.filter((endpoint, index) => claimed.indexOf(endpoint) !== index)).toEqual([]);
  });

  it("are those that are documented, and no other", () => {
    const sorted = (rows: typeof claims) =>
      rows.map(({ contract, endpoint }) => `${contract}: ${endpoint}`).sort();

    expect(sorted(claims)).toEqual(sorted(documented));
  });

  it("belong to contracts whose names and prefixes are their own", () => {
    const names = surfaces.map(({ terms }) => terms.contract);
    const prefixes = surfaces.flatMap(({ terms }) =>
      [terms.refreshToken?.prefix, terms.challengePrefix, terms.keys?.prefix].filter(Boolean),
    );

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe.each(documented)("$endpoint", ({ contract, endpoint }) => {
  it(`is served, in the envelope of ${contract}`, async () => {
    const [method = "", pattern = ""] = endpoint.split(" ");
    const path = pattern.replace(":tenant", "default").replaceAll(/:\w+/g, "anything");

    const answer = await startService().ask<Record<string, unknown>>(path, { method });

    expect([200, 204, 400, 401, 422]).toContain(answer.status);
    expect(answer.status === 204 ? contract : envelopeOf(answer.body)).toBe(contract);
  });
});

/** Whose form an answer without input has: each contract's refusals look different. */
function envelopeOf(body: Record<string, unknown>): string {
  if ("statusCode" in body) {
    return "credebl";
  }
  if ("success" in body && ("data" in body || "error" in body)) {
    return "lnchr";
  }
  if (typeof body["error"] === "object") {
    return "planasonix";
  }
  const names = Object.keys(body).join();
  return names === "message" && !/^Unauthenticated/.test(String(body["message"]))
    ? "planpoint"
    : "pionne";
}

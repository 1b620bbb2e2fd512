import { beforeAll, describe, expect, it } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();
const origin = "https://spa.example.test";

beforeAll(registerOAuthClients);

const OPEN = [
  ["GET", "/.well-known/oauth-authorization-server"],
  ["GET", "/.well-known/openid-configuration"],
  ["GET", "/.well-known/jwks.json"],
  ["POST", "/oauth/token"],
  ["POST", "/oauth/device_authorization"],
  ["POST", "/oauth/revoke"],
  ["GET", "/oauth/userinfo"],
  ["POST", "/oauth/userinfo"],
] as const;

const CLOSED = [
  ["GET", "/oauth/authorize"],
  ["POST", "/oauth/authorize"],
  ["POST", "/oauth/consent"],
  ["POST", "/oauth/introspect"],
  ["GET", "/oauth/device/wait"],
  ["GET", "/signin"],
  ["POST", "/api/login"],
] as const;

const crossOrigin = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));

const preflight = (method: string, path: string) =>
  service.ask(path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type",
    },
  });

describe("a page of any site", () => {
  it.each(OPEN)("TOK-16: may ask, without cookies: %s %s", async (method, path) => {
    const { headers } = await service.ask(path, { method, headers: { origin } });

    expect(crossOrigin(headers)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "WWW-Authenticate,Retry-After,Preference-Applied",
    });
  });

  it.each(OPEN)("is told before that it may: %s %s", async (method, path) => {
    const { status, headers, body } = await preflight(method, path);

    expect({ status, body, ...crossOrigin(headers) }).toEqual({
      status: 204,
      body: "",
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET,HEAD,POST",
      "access-control-allow-headers": "Authorization,Content-Type,Prefer,Idempotency-Key",
      "access-control-expose-headers": "WWW-Authenticate,Retry-After,Preference-Applied",
      "access-control-max-age": "86400",
    });
  });

  it.each([
    ["PUT", "/oauth/token", 405],
    ["POST", "/.well-known/jwks.json", 405],
  ])("can read why it was refused, too: %s %s", async (method, path, status) => {
    const answer = await service.ask(path, { method, headers: { origin } });

    expect(answer.status).toBe(status);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("can read that a body was too large", async () => {
    const answer = await service.ask("/oauth/token", { body: "x".repeat(70_000) });

    expect(answer.status).toBe(413);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(CLOSED)(
    "TOK-16: may not ask where people decide or secrets are kept: %s %s",
    async (method, path) => {
      const answers = [
        await service.ask(path, { method, headers: { origin } }),
        await preflight(method, path),
      ];

      expect(answers.map(({ headers }) => crossOrigin(headers))).toEqual([{}, {}]);
      expect(answers[1]?.status).not.toBe(204);
    },
  );
});

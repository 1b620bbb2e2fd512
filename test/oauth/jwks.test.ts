import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { signedIn } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";

type Jwks = Parameters<typeof createLocalJWKSet>[0];

const published = (service: TestService, method = "GET") =>
  service.ask<Jwks>("/.well-known/jwks.json", { method });

describe("/.well-known/jwks.json", () => {
  it("KEY-01: publishes the public key that signs, with its use, algorithm and id", async () => {
    const { status, body } = await published(startService());
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        keys: [
          {
            kty: "EC",
            crv: "P-256",
            x: expect.stringMatching(/^[\w-]{43}$/),
            y: expect.stringMatching(/^[\w-]{43}$/),
            kid: expect.stringMatching(/^[0-9a-f-]{36}$/),
            alg: "ES256",
            use: "sig",
          },
        ],
      },
    });
  });

  it("KEY-01: may be kept by anyone for five minutes", async () => {
    const { headers } = await published(startService());
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("set-cookie")).toBeNull();
  });

  it("is the same from every isolate", async () => {
    const bodies = await Promise.all(
      Array.from({ length: 5 }, async () => (await published(startService())).body),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it("is all that another service needs to verify an access token of a sign-in", async () => {
    const service = startService();
    const { accessToken, user, expiresIn } = await signedIn(service);
    const { body } = await published(startService());
    const { publicUrl } = service.settings;

    const { payload, protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet(body), {
      issuer: publicUrl,
      audience: publicUrl,
      typ: "at+jwt",
      algorithms: ["ES256"],
      requiredClaims: ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"],
    });

    expect(protectedHeader).toEqual({ alg: "ES256", typ: "at+jwt", kid: body.keys[0]?.kid });
    expect(payload.sub?.replaceAll("-", "")).toBe(user.id.replace("usr_", ""));
    expect(Number(payload.exp) - Number(payload.iat)).toBe(expiresIn);
  });

  it("verifies no token that was changed", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const keySet = createLocalJWKSet((await published(service)).body);
    const [head, , signature] = accessToken.split(".");
    const payload = btoa('{"sub":"somebody-else"}').replace(/=+$/, "");
    await expect(jwtVerify(`${head}.${payload}.${signature}`, keySet)).rejects.toThrow(
      "signature verification failed",
    );
  });

  it.each(["POST", "PUT", "DELETE"])("takes no %s", async (method) => {
    const { status } = await published(startService(), method);
    expect(status).toBeGreaterThanOrEqual(404);
    expect(status).toBeLessThanOrEqual(405);
  });
});

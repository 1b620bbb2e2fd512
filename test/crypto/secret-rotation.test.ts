import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { readRefreshToken } from "../../src/core/session/refresh-token.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { registerClients } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { registered, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const NEW_SECRET = "the-master-secret-that-comes-after-the-first";

const earlier = () => startService();
const rotating = () =>
  startService({ AUTH_SECRET: NEW_SECRET, AUTH_SECRET_PREVIOUS: env.AUTH_SECRET });

const hashOf = (email: string) =>
  env.DB.prepare(
    "SELECT hash FROM passwords JOIN accounts ON accounts.id = account_id WHERE email = ?",
  )
    .bind(email)
    .first<string>("hash");

beforeAll(async () => {
  await registerClients();
  await earlier().signingKeys.current();
});

describe("while a new master secret takes over from the one before", () => {
  it("passwords still match, and each is hashed anew under it at the next sign-in", async () => {
    const { email, password } = await registered(earlier());
    const oldHash = await hashOf(email);
    const service = rotating();
    const signIn = async (typed: string) =>
      (await service.ask("/api/login", { body: { email, password: typed } })).status;

    expect(await signIn("another-otter")).toBe(401);
    expect(await hashOf(email)).toBe(oldHash);
    expect(await signIn(password)).toBe(200);
    const newHash = await hashOf(email);
    expect(newHash).not.toBe(oldHash);
    expect(await signIn(password)).toBe(200);
    expect(await hashOf(email)).toBe(newHash);

    const after = startService({ AUTH_SECRET: NEW_SECRET });
    expect(await after.ports.passwordHashes.verify(password, newHash)).toBe(true);
    expect(await after.ports.passwordHashes.verify(password, oldHash)).toBe(false);
  });

  it("sessions go on: refresh tokens are read, and their successors are made with the new one", async () => {
    const { refreshToken } = await signedIn(earlier());
    const refreshed = await rotating().ask<{ refreshToken: string }>("/api/auth/refresh", {
      body: { refreshToken },
    });
    expect(refreshed.status).toBe(200);
    const successor = refreshed.body.refreshToken;
    const after = startService({ AUTH_SECRET: NEW_SECRET }).ports;
    expect(await readRefreshToken(after.sealer, terms, successor)).toMatchObject({ generation: 1 });
    expect(await readRefreshToken(after.sealer, terms, refreshToken)).toBeNull();
  });

  it("access tokens are read, and new ones are signed with the key there is", async () => {
    const { accessToken } = await signedIn(earlier());
    const service = rotating();
    expect(await service.ports.accessTokens.read(accessToken)).not.toBeNull();
    const { accessToken: newer } = await signedIn(service);
    expect(await earlier().ports.accessTokens.read(newer)).not.toBeNull();
  });

  it("device codes lead to their grants", async () => {
    const { deviceCode } = await startedDevice(earlier());
    const { body } = await poll(rotating(), deviceCode);
    expect(body.error.code).toBe("authorization_pending");
  });
});

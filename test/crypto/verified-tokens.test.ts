import { env } from "cloudflare:workers";
import { decodeProtectedHeader } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createAccessTokens } from "../../src/crypto/access-token.ts";
import { beginWithoutKeys, isolate, MINUTE, pass } from "./isolates.ts";

beginWithoutKeys();
afterEach(() => void vi.restoreAllMocks());

const ISSUER = "https://auth.example.test";
const LIFETIME_SECONDS = 300;
const GRANT = { clientId: "backend", tenantId: "a-tenant", scope: "reports", audience: null };

/** The tokens of an isolate, and a good one of them. */
async function begin() {
  const tokens = createAccessTokens(isolate(), ISSUER, { now: () => new Date() });
  return { tokens, token: await tokens.mintForClient(GRANT, LIFETIME_SECONDS) };
}

/** How many signatures are checked meanwhile. */
async function checksDuring(work: () => Promise<unknown>): Promise<number> {
  const verify = vi.spyOn(crypto.subtle, "verify");
  await work();
  const checks = verify.mock.calls.length;
  verify.mockRestore();
  return checks;
}

describe("a token that was verified once", () => {
  it("is known as it was spelled, and its signature checked no more", async () => {
    const { tokens, token } = await begin();
    const first = await tokens.read(token);

    expect(await checksDuring(async () => expect(await tokens.read(token)).toEqual(first))).toBe(0);
    expect(first).toMatchObject({ subject: "client:backend" });
  });

  it("vouches for nothing that is spelled otherwise", async () => {
    const { tokens, token } = await begin();
    await tokens.read(token);
    const [header = "", claims = "", signature = ""] = token.split(".");
    const other = signature.replace(/^./, (first) => (first === "A" ? "B" : "A"));
    const stronger = btoa(atob(claims).replace("reports", "the lot")).replace(/=+$/, "");

    expect(await tokens.read([header, stronger, signature].join("."))).toBeNull();
    expect(await tokens.read([header, claims, other].join("."))).toBeNull();
    expect(await tokens.read(`${token} `)).toBeNull();
    expect(await tokens.read(token)).not.toBeNull();
  });

  it("is over when its time is", async () => {
    const { tokens, token } = await begin();
    await tokens.read(token);

    pass(LIFETIME_SECONDS - 1);
    expect(await tokens.read(token)).not.toBeNull();
    pass(1);
    expect(await tokens.read(token)).toBeNull();
  });

  it("KEY-03: is over when its key was withdrawn, no later than one that never came before", async () => {
    const { tokens, token } = await begin();
    await tokens.read(token);
    await env.DB.prepare("UPDATE signing_keys SET withdrawn_at = ? WHERE kid = ?")
      .bind(Date.now(), decodeProtectedHeader(token).kid)
      .run();

    pass(MINUTE);

    expect(await tokens.read(token)).toBeNull();
  });

  it("is forgotten after a thousand others", async () => {
    const { tokens, token } = await begin();
    await tokens.read(token);
    const others = Array.from({ length: 1000 }, () =>
      tokens.mintForClient(GRANT, LIFETIME_SECONDS),
    );
    for (const other of others.slice(1)) {
      await tokens.read(await other);
    }

    expect(await checksDuring(() => tokens.read(token))).toBe(0);
    await tokens.read((await others[0]) ?? "");
    expect(await checksDuring(() => tokens.read(token))).toBe(1);
  });
});

describe("a token that is not good", () => {
  it("is not known either: each time it comes it is looked at anew", async () => {
    const { tokens, token } = await begin();
    const forged = token.replace(/\.[^.]{4}([^.]*)$/, ".AAAA$1");
    await tokens.read(forged);

    expect(await checksDuring(() => tokens.read(forged))).toBe(1);
  });
});

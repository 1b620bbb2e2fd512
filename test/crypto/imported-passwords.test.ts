import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { offering } from "../conformance/contracts.ts";
import { given, no } from "../conformance/driver.ts";
import { stopClock } from "../support/clock.ts";
import {
  CHEAP_FOREIGN_HASH,
  FOREIGN_HASHES,
  FOREIGN_PASSWORD,
  giveForeignHash,
} from "../support/foreign-hashes.ts";
import { member } from "../support/members.ts";
import { registered, somebody } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

afterEach(() => void vi.restoreAllMocks());

const storedHash = (email: string) =>
  env.DB.prepare(
    "SELECT hash FROM passwords JOIN accounts ON accounts.id = account_id WHERE email = ?",
  )
    .bind(email)
    .first<string>("hash");

/** Somebody whose password came from elsewhere. */
async function newcomer(service: TestService, hash: string = CHEAP_FOREIGN_HASH) {
  const { email } = await registered(service);
  const stored = await giveForeignHash(email, hash);
  const signIn = (password: string, address?: string) =>
    service.ask("/api/login", { body: { email, password }, ...(address && { address }) });
  return { email, stored, signIn };
}

const OWN = /^\$pbkdf2-sha256-chain\$i=1000,/;

describe("PWD-07: whoever was imported with a password hash", () => {
  it.each(Object.entries(FOREIGN_HASHES))(
    "%s: signs in with the password, which is hashed anew at the first right sign-in",
    async (_, hash) => {
      const { email, stored, signIn } = await newcomer(startService(), hash);

      expect((await signIn("another otter")).status).toBe(401);
      expect(await storedHash(email)).toBe(stored);
      expect((await signIn(FOREIGN_PASSWORD)).status).toBe(200);
      const own = await storedHash(email);
      expect(own).toMatch(OWN);
      expect((await signIn(FOREIGN_PASSWORD)).status).toBe(200);
      expect(await storedHash(email)).toBe(own);
      expect((await signIn("another otter")).status).toBe(401);
    },
  );

  it.each(offering("join"))("signs in through $contract", async ({ connect }) => {
    const service = startService();
    const person = await member(service, somebody());
    await giveForeignHash(person.email, CHEAP_FOREIGN_HASH);
    const contract = connect(service);
    const who = { email: person.email, password: FOREIGN_PASSWORD };

    expect(await contract.signIn({ ...who, password: "another otter" })).toEqual(
      no("invalid_credentials"),
    );
    given(await contract.signIn(who));
    expect(await storedHash(person.email)).toMatch(OWN);
    given(await contract.signIn(who));
  });

  it("is answered to a wrong password exactly like an unknown address", async () => {
    const service = startService();
    const { signIn } = await newcomer(service);
    const wrong = await signIn("another otter");
    const unknown = await service.ask("/api/login", {
      body: { email: somebody().email, password: "another otter" },
    });
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
  });

  it("may not guess more often than others, and a right password is not confirmed then", async () => {
    stopClock();
    const service = startService();
    const { signIn } = await newcomer(service);
    const address = "198.51.100.77";
    const statuses = [];
    for (let failures = 0; failures < 11; failures += 1) {
      statuses.push((await signIn("another otter", address)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await signIn(FOREIGN_PASSWORD, address)).status).toBe(429);
  });

  it("keeps the password that was set meanwhile: the sign-in's new hash comes too late", async () => {
    const service = startService();
    const { email, stored, signIn } = await newcomer(service);
    const { accounts } = service.ports;
    const id = (await service.ports.accounts.findByEmail(await tenantOf(email), email))?.id ?? "";
    await signIn(FOREIGN_PASSWORD);
    const own = await storedHash(email);
    await accounts.rehashPassword(id, stored, "$late");
    expect(await storedHash(email)).toBe(own);
  });
});

describe("REL-05: a storm of sign-ins on imported passwords", () => {
  it("passes the same gate as every other hash: who comes too many is turned away", async () => {
    // Nobody who waits is taken for gone, however slow the machine.
    stopClock();
    const service = startService();
    const { email } = await newcomer(service);
    const { passwordHashes } = service.ports;
    const stored = (await storedHash(email)) ?? "";

    const storm = await Promise.allSettled(
      Array.from({ length: 50 }, () => passwordHashes.verify(FOREIGN_PASSWORD, stored)),
    );

    const outcomes = storm.map((each) =>
      each.status === "fulfilled" ? each.value : "turned away",
    );
    expect(tally(outcomes.map(String))).toEqual({ true: 33, "turned away": 17 });
  });
});

const tenantOf = async (email: string) =>
  (await env.DB.prepare("SELECT tenant_id FROM accounts WHERE email = ?")
    .bind(email)
    .first<string>("tenant_id")) ?? "";

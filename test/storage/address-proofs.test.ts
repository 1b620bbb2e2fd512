import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type FirstProof, firstProof } from "../../src/core/account/first-proof.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { d1AddressProofs } from "../../src/storage/d1/address-proofs.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { asking } from "../support/asking.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { countRows } from "../support/rows.ts";
import { startService, type TestService } from "../support/service.ts";

const HOUR_MS = 3_600_000;
const NOW = new Date("2026-11-01T12:00:00.000Z");
const tenantId = DEFAULT_TENANT_ID;
const db = openDatabase(env.DB);
const proofs = d1AddressProofs(db);
let email: string;

beforeEach(() => {
  email = somebody().email;
});

const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const isProved = async (since = NOW) => (await proofs.find(tenantId, email, since)).isProved;

/** What is written down where the account that has an address is verified. */
async function proofOf(service: TestService, email: string): Promise<FirstProof> {
  const account = await service.ports.accounts.findByEmail(tenantId, email);
  return firstProof(asking(service).context, account ?? expect.fail("nobody has it"));
}

describe("a link that proves an address", () => {
  it("is spent once: of many at the same time, one wins", async () => {
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    const link = { tenantId, email, linkNumber, now: NOW, firstProof: null };

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => proofs.prove(link)));

    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await proofs.prove(link)).toBe(false);
    expect(await isProved()).toBe(true);
  });

  it("works until a newer one is mailed", async () => {
    const older = await proofs.numberLink(tenantId, email, NOW);
    const newer = await proofs.numberLink(tenantId, email, NOW);

    expect(
      await proofs.prove({ tenantId, email, linkNumber: older, now: NOW, firstProof: null }),
    ).toBe(false);
    expect(await isProved()).toBe(false);
    expect(
      await proofs.prove({ tenantId, email, linkNumber: newer, now: NOW, firstProof: null }),
    ).toBe(true);
  });

  it("never has the number that a spent one moved on to", async () => {
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    await proofs.prove({ tenantId, email, linkNumber, now: NOW, firstProof: null });

    expect(await proofs.numberLink(tenantId, email, NOW)).toBe(linkNumber + 2);
  });

  it("proves nothing for another tenant or another address", async () => {
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    const link = { linkNumber, now: NOW, firstProof: null };

    expect(await proofs.prove({ ...link, tenantId: "another", email })).toBe(false);
    expect(await proofs.prove({ ...link, tenantId, email: somebody().email })).toBe(false);
    expect(await isProved()).toBe(false);
  });

  it("verifies an account that was registered with the address, and ends its sessions", async () => {
    const service = startService();
    const { person, refreshToken } = await signedIn(service);
    const other = await signedIn(service);
    const now = new Date();
    const linkNumber = await proofs.numberLink(tenantId, person.email, now);

    const firstProof = await proofOf(service, person.email);
    await proofs.prove({ tenantId, email: person.email, linkNumber, firstProof, now });

    const refresh = (token: string) =>
      service.ask("/api/auth/refresh", { body: { refreshToken: token } });
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(200);
    expect((await signedIn(service, person)).user.emailVerified).toBe(true);
    expect((await signedIn(service, other.person)).user.emailVerified).toBe(false);
  });

  it("that was spent verifies and ends nothing any more", async () => {
    const service = startService();
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    const link = { tenantId, email, linkNumber, now: NOW, firstProof: null };
    await proofs.prove(link);
    const person = await registered(service, { ...somebody(), email });
    const { refreshToken } = await signedIn(service, person);
    const firstProof = await proofOf(service, email);

    expect(await proofs.prove({ ...link, firstProof, now: later(HOUR_MS) })).toBe(false);

    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
    expect((await signedIn(service, person)).user.emailVerified).toBe(false);
    expect(await countRows("audit_events", "id = ?", firstProof.verified.id)).toBe(0);
  });

  it("verifies no account of another tenant, nor one that has another address by now", async () => {
    const service = startService();
    const { email: known } = await registered(service);
    const elsewhere = crypto.randomUUID();
    const firstProof = await proofOf(service, known);
    const prove = async (at: { tenantId: string; email: string }) => {
      const linkNumber = await proofs.numberLink(at.tenantId, at.email, NOW);
      return proofs.prove({ ...at, linkNumber, firstProof, now: NOW });
    };

    expect(await prove({ tenantId: elsewhere, email: known })).toBe(true);
    expect(await prove({ tenantId, email })).toBe(true);

    const { emailVerifiedAt } = (await service.ports.accounts.findByEmail(tenantId, known)) ?? {};
    expect(emailVerifiedAt).toBeNull();
    expect(await prove({ tenantId, email: known })).toBe(true);
    expect(await countRows("audit_events", "id = ?", firstProof.verified.id)).toBe(1);
  });

  it("leaves the sessions of an account alone whose address was verified before", async () => {
    const service = startService();
    const person = await registered(service);
    const link = { tenantId, email: person.email, now: NOW };
    const first = await proofs.numberLink(tenantId, person.email, NOW);
    const firstProof = await proofOf(service, person.email);
    await proofs.prove({ ...link, linkNumber: first, firstProof });
    const { refreshToken } = await signedIn(service, person);
    const second = await proofs.numberLink(tenantId, person.email, NOW);

    const again = await proofOf(service, person.email);
    await proofs.prove({ ...link, linkNumber: second, firstProof: again });

    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
  });
});

describe("a proved address", () => {
  it("stays proved when another link is mailed: nobody can undo it by asking", async () => {
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    await proofs.prove({ tenantId, email, linkNumber, now: NOW, firstProof: null });

    await proofs.numberLink(tenantId, email, later(HOUR_MS));

    expect(await isProved()).toBe(true);
  });

  it("is proved since then and not before", async () => {
    const linkNumber = await proofs.numberLink(tenantId, email, NOW);
    await proofs.prove({ tenantId, email, linkNumber, now: NOW, firstProof: null });

    expect(await isProved(later(0))).toBe(true);
    expect(await isProved(later(1))).toBe(false);
  });

  it("is told apart from one that an account has", async () => {
    const service = startService();
    const person = await registered(service);

    expect(await proofs.find(tenantId, person.email, NOW)).toEqual({
      isProved: false,
      isTaken: true,
    });
    expect(await proofs.find("another", person.email, NOW)).toEqual({
      isProved: false,
      isTaken: false,
    });
  });
});

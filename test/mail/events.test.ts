import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { resendTold, WEBHOOKS } from "../support/resend-told.ts";
import { startService } from "../support/service.ts";

beforeEach(stopClock);

const service = startService(WEBHOOKS);
const someAddress = () => `${crypto.randomUUID()}@meadow.example`;
const found = (email: string, tenantId = DEFAULT_TENANT_ID) =>
  service.ports.suppressions.find(tenantId, email, new Date());

/** What Resend tells of a letter to an address. */
const told = (email: string, change: object = {}, data: object = {}) => ({
  type: "email.bounced",
  created_at: new Date().toISOString(),
  ...change,
  data: {
    to: [email],
    tags: { latchkey_tenant: DEFAULT_TENANT_ID },
    bounce: { type: "Permanent", subType: "General" },
    ...data,
  },
});

describe("what Resend tells of letters", () => {
  it.each<[string, object, object, object]>([
    ["came back for good", {}, {}, { reason: "bounced", detail: "General" }],
    ["were reported as spam", { type: "email.complained" }, {}, { reason: "complained" }],
    ["it sends no more", { type: "email.suppressed" }, {}, { reason: "bounced" }],
    [
      "came back, with tags as a list",
      {},
      { tags: [{ name: "latchkey_tenant", value: DEFAULT_TENANT_ID }] },
      { reason: "bounced" },
    ],
  ])("that %s has their address sent nothing for a while", async (_, change, data, what) => {
    const email = someAddress();
    const { status, body } = await resendTold(service, told(email.toUpperCase(), change, data));
    expect([status, body]).toEqual([204, ""]);
    // One that came back may be somebody's mistake; a complaint is its reader's own.
    const days = "type" in change && change.type === "email.complained" ? 14 : 1;
    const until = new Date(Date.now() + days * DAY_SECONDS * 1000);
    expect(await found(email)).toMatchObject({ ...what, at: new Date(), until });
  });

  it.each<[string, object, object]>([
    ["came back for now", {}, { bounce: { type: "Transient" } }],
    ["may have come back", {}, { bounce: { type: "Undetermined" } }],
    ["arrived", { type: "email.delivered" }, {}],
    ["are of somebody else at the same account", {}, { tags: {} }],
    ["have no tags", {}, { tags: undefined }],
    ["have no time", { created_at: "yesterday" }, {}],
    ["came back two weeks ago", { created_at: "2020-01-01T00:00:00Z" }, {}],
  ])("that %s is thanked for, and changes nothing", async (_, change, data) => {
    const email = someAddress();
    expect((await resendTold(service, told(email, change, data))).status).toBe(204);
    expect(await found(email)).toBeNull();
  });

  it.each<[unknown, number]>([
    [{}, 204],
    [{ type: "email.bounced", data: { to: [] } }, 204],
    [null, 400],
    [7, 400],
    [[[]], 400],
  ])("that is no event changes nothing: %j is answered %d", async (body, expected) => {
    expect((await resendTold(service, body)).status).toBe(expected);
  });

  it("concerns the tenant whose letter it was alone", async () => {
    const email = someAddress();
    await resendTold(service, told(email));
    expect(await found(email, "another")).toBeNull();
  });

  it("changes nothing when it is told again after it was lifted", async () => {
    const email = someAddress();
    const body = told(email);
    await resendTold(service, body);
    const { suppressions } = service.ports;
    const one = await found(email);
    passSeconds(60);
    // As an operator lifts it: what is known stays, and has ended.
    const at = new Date(Date.now() - 1);
    one && (await suppressions.add({ ...one, at, until: new Date() }));
    await resendTold(service, body);
    expect(await found(email)).toBeNull();
  });

  it.each<[string, Parameters<typeof resendTold>[2]]>([
    ["by nobody", { signature: "" }],
    ["with another secret", { secret: `whsec_${btoa("x".repeat(32))}` }],
    ["under another id", { idSent: "another" }],
    ["as something else", { signed: "{}" }],
    ["by a kind that there is not", { signature: "v2,AAAA v1a,AAAA" }],
    ["six minutes ago", { agedSeconds: 301 }],
    ["in six minutes", { agedSeconds: -301 }],
    ["at no time", { timestampSent: "soon" }],
  ])("and was signed %s is refused before any store is asked", async (_, how) => {
    const email = someAddress();
    const calls = await countCalls(async () => {
      const { status, body } = await resendTold(service, told(email), how);
      expect([status, body]).toEqual([401, { error: "invalid_signature" }]);
    });
    expect(calls).toMatchObject({ d1: 0, kv: 0, durableObjects: 0, queue: 0 });
    expect(await found(email)).toBeNull();
  });

  it("is taken with one good signature among several, as while a secret changes", async () => {
    const email = someAddress();
    await resendTold(service, told(email), { before: `v1,${btoa("y".repeat(32))} ` });
    expect(await found(email)).not.toBeNull();
  });

  it("is refused where no secret is set, whoever signed it", async () => {
    const { status } = await resendTold(startService(), told(someAddress()));
    expect(status).toBe(401);
  });

  it("is not read where it is too long", async () => {
    const { status, body } = await resendTold(service, { x: "x".repeat(65_536) });
    expect([status, body]).toEqual([413, { error: "body_too_large" }]);
  });
});

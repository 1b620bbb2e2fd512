import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { mailTo, VERIFY } from "../support/mail.ts";
import { somebody } from "../support/people.ts";
import { AT_ONCE, cycled, race, WITH_MAIL } from "../support/race.ts";
import { countRows } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { emptiedDefaultTenant, newTenant } from "../support/tenants.ts";

const setUp = (service: TestService, base: string) =>
  service.ask<{ data: { user: { id: string } } }>(`${base}/auth/register`, {
    body: { ...somebody(), first_name: "Robin", last_name: "Example" },
  });

const rolesIn = async (tenantId: string) => {
  const { results } = await env.DB.prepare(
    "SELECT id, role FROM accounts WHERE tenant_id = ? ORDER BY role",
  )
    .bind(tenantId)
    .all<{ id: string; role: string }>();
  return results;
};

/** What is left where an account was not made: passwords and events that are nobody's. */
const countOrphans = async () => ({
  passwords: await countRows("passwords", "account_id NOT IN (SELECT id FROM accounts)"),
  events: await countRows("audit_events", "account_id NOT IN (SELECT id FROM accounts)"),
});

/** Accounts of a tenant of which it was not written down, once, that they were made. */
const countUntold = (tenantId: string) =>
  countRows(
    "accounts",
    `tenant_id = ? AND 1 <> (SELECT count(*) FROM audit_events
      WHERE account_id = accounts.id AND event = 'account-made')`,
    tenantId,
  );

describe("the first registrations of a tenant, all at once", () => {
  it("make one superadmin, and the rest are refused", (context) =>
    race(context, {
      prepare: async () => ({ ...(await newTenant()), orphans: await countOrphans() }),
      request: ({ slug }, service) => setUp(service, `/${slug}/api/v1`),

      async judge({ tenantId, orphans }, answers) {
        expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: AT_ONCE - 1 });
        const winner = answers.find(({ status }) => status === 201);
        expect(await rolesIn(tenantId)).toEqual([
          { id: winner?.body.data.user.id, role: "superadmin" },
        ]);
        expect(await countUntold(tenantId)).toBe(0);
        expect(await countOrphans()).toEqual(orphans);
      },
    }));

  it("make one superadmin at most where others register as users, and none after one of those", (context) =>
    race(context, {
      prepare: async () => ({ ...(await emptiedDefaultTenant()), orphans: await countOrphans() }),

      async request(_, service, index) {
        const isSetUp = index % 2 === 0;
        const base = index % 4 === 0 ? "/api/v1" : "/default/api/v1";
        const answer = isSetUp
          ? setUp(service, base)
          : service.ask("/api/register", { body: somebody() });
        return { isSetUp, status: (await answer).status };
      },

      async judge({ tenantId, orphans }, answers, service) {
        const superadmins = answers.filter(({ isSetUp, status }) => isSetUp && status === 201);
        const users = answers.filter(({ isSetUp }) => !isSetUp);
        expect(tally(users.map(({ status }) => status))).toEqual({ 201: users.length });
        expect(superadmins.length).toBeLessThanOrEqual(1);
        expect(tally((await rolesIn(tenantId)).map(({ role }) => role))).toEqual({
          user: users.length,
          ...(superadmins.length > 0 && { superadmin: 1 }),
        });
        expect(await countUntold(tenantId)).toBe(0);
        expect(await countOrphans()).toEqual(orphans);
        expect((await setUp(service, "/api/v1")).status).toBe(409);
      },
    }));
});

interface Registration {
  email: string;
  password: string;
  name: string;
}

/** Everywhere that people register by themselves: the status of the answer. */
const registrations: readonly {
  /** Whether an answer tells who got the address. */
  tells: boolean;
  register(service: TestService, registration: Registration): Promise<number>;
}[] = [
  {
    tells: false,
    register: async (service, body) => (await service.ask("/api/register", { body })).status,
  },
  {
    tells: true,
    register: async (service, body) => (await service.ask("/api/auth/register", { body })).status,
  },
  {
    tells: true,
    async register(service, { email, password }) {
      const body = { email, password, firstName: "Robin", lastName: "Example" };
      return (await service.ask("/auth/signup", { body })).status;
    },
  },
  {
    tells: false,
    register: async (service, fields) =>
      (await new Browser(service).post("/register", { ...fields })).status,
  },
];

describe("the registrations of one address, all at once in three contracts and on the page", () => {
  it("make one account with the password of one of them, who alone is told so, and write down one", (context) =>
    race(context, {
      variables: { MAILS_PER_HOUR: "100", ...WITH_MAIL },

      async prepare(service) {
        const { email, password, name } = somebody();
        await service.ask("/auth/verification-mail", { body: { email } });
        const { text } = await mailTo(service, email, VERIFY);
        const verificationCode = text.match(/verificationCode=([\w-]+)/)?.[1] ?? "";
        const query = new URLSearchParams({ email, verificationCode });
        await service.ask(`/auth/verify?${query}`, { method: "GET" });
        const passwordOf = (index: number) => `${password}-${index}`;
        return { email, name, passwordOf, orphans: await countOrphans() };
      },

      async request({ email, name, passwordOf }, service, index) {
        const { tells, register } = cycled(registrations, index);
        const status = await register(service, { email, name, password: passwordOf(index) });
        return { tells, status };
      },

      async judge({ email, passwordOf, orphans }, answers, { ports }) {
        const { results } = await env.DB.prepare(
          "SELECT tenant_id, hash FROM accounts LEFT JOIN passwords ON account_id = id WHERE email = ?",
        )
          .bind(email)
          .all<{ tenant_id: string; hash: string }>();
        const right: boolean[] = [];
        for (const index of answers.keys()) {
          const hash = results[0]?.hash ?? null;
          right.push(await ports.passwordHashes.verify(passwordOf(index), hash));
        }
        expect([results.length, tally(right.map(String))]).toEqual([
          1,
          { true: 1, false: AT_ONCE - 1 },
        ]);
        const winner = right.indexOf(true);
        const told = answers.filter(({ tells, status }) => tells && status === 201);
        expect(told).toEqual(answers[winner]?.tells ? [answers[winner]] : []);
        const others = answers.filter(({ tells }) => !tells).map(({ status }) => status);
        expect(Object.keys(tally(others))).toEqual(["200", "201"]);
        expect(await countUntold(results[0]?.tenant_id ?? "")).toBe(0);
        expect(await countOrphans()).toEqual(orphans);
      },
    }));
});

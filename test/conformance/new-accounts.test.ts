import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { AT_HOME } from "../support/account-page.ts";
import { stopClock } from "../support/clock.ts";
import { type Person, somebody } from "../support/people.ts";
import { countRows } from "../support/rows.ts";
import { arrive, mailedCode, type There } from "../support/there.ts";
import { backOffice, clientToken, staff } from "../surfaces/admin/back-office.ts";
import { proved } from "../surfaces/credebl/credebl.ts";

/** Each way that an account comes to be while the service runs. */
const ways: readonly {
  way: string;
  /** Whether its owner is signed in with it. */
  opensSession: boolean;
  /** Says what is told otherwise than of somebody who makes an account for themselves. */
  make(there: There, person: Person): Promise<Partial<AuditEvent> | void>;
}[] = [
  {
    way: "registering through Planasonix",
    opensSession: false,
    async make({ ask }, body) {
      await ask("/api/register", { body });
    },
  },
  {
    way: "registering on the page",
    opensSession: false,
    async make({ browse }, { email, password, name }) {
      const browser = browse();
      const { form } = await browser.open("/register");
      await browser.submit(form("/register"), { email, password, name });
    },
  },
  {
    way: "signing up through CREDEBL",
    opensSession: false,
    async make({ ask, office }, { email, password }) {
      await proved(office, email);
      const body = { email, password, firstName: "Robin", lastName: "Example" };
      await ask("/auth/signup", { body });
    },
  },
  {
    way: "registering through Pionne",
    opensSession: true,
    async make({ ask }, body) {
      await ask("/api/auth/register", { body });
    },
  },
  {
    way: "setting a tenant up through Launcher",
    opensSession: true,
    async make({ ask, slug }, { email, password }) {
      const body = { email, password, first_name: "Robin", last_name: "Example" };
      await ask(`/${slug}/api/v1/auth/register`, { body });
    },
  },
  {
    way: "a code that Launcher mails",
    opensSession: true,
    async make({ ask, office }, { email }) {
      await ask("/api/v1/auth/send-code", { body: { email } });
      const body = { email, code: await mailedCode(office, email) };
      await ask("/api/v1/auth/verify-code", { body });
    },
  },
  {
    way: "a code that the page mails",
    opensSession: true,
    async make({ browse, office }, { email }) {
      const browser = browse();
      const { form } = await browser.open("/signin/mail");
      const entry = await browser.submit(form("/signin/mail"), { email });
      const typed = { mailed_code: await mailedCode(office, email) };
      await browser.submit(entry.form("/signin/mail/code"), typed);
    },
  },
  {
    way: "an administrator's making one",
    opensSession: false,
    async make({ ask, office }, { email }) {
      const { id, bearer } = await staff(backOffice(office));
      await ask("/admin/accounts", { bearer, body: { email } });
      const [sessionId = null] = await sessionsOf(id);
      return { event: "account-created", id: expect.any(String), actorId: id, sessionId };
    },
  },
  {
    way: "a back office's making one",
    opensSession: false,
    async make({ ask, office }, { email }) {
      const { clientId, bearer } = await clientToken(backOffice(office), ["admin:accounts"]);
      await ask("/admin/accounts", { bearer, body: { email } });
      const by = { actorId: `client:${clientId}`, clientId };
      return { event: "account-created", id: expect.any(String), ...by };
    },
  },
];

async function sessionsOf(accountId: string): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM sessions WHERE account_id = ?")
    .bind(accountId)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

async function accountOf({ email }: Person) {
  const found = await env.DB.prepare(
    "SELECT id, tenant_id, created_at FROM accounts WHERE email = ?",
  )
    .bind(email)
    .first<{ id: string; tenant_id: string; created_at: number }>();
  return found ?? expect.fail("no account was made");
}

const TELLS_OF_NEW = "event IN ('account-made', 'account-created')";

beforeEach(stopClock);

it.each(ways)("REL-07: $way is written down once, by whom and from where", async (tested) => {
  const there = await arrive();
  const person = somebody();
  const before = await countRows("audit_events", TELLS_OF_NEW);

  const otherwise = await tested.make(there, person);

  const { id, tenant_id: tenantId, created_at: createdAt } = await accountOf(person);
  const sessions = await sessionsOf(id);
  expect(sessions).toHaveLength(tested.opensSession ? 1 : 0);
  const events = await there.office.ports.auditLog.list(id, 100);
  const beside = ["signed-in", "address-verified"];
  expect(events.filter(({ event }) => !beside.includes(event))).toEqual([
    {
      id,
      tenantId,
      event: "account-made",
      actorId: id,
      accountId: id,
      sessionId: sessions[0] ?? null,
      clientId: null,
      subject: null,
      address: there.address,
      city: AT_HOME.place.city,
      country: AT_HOME.place.country,
      userAgent: AT_HOME.program,
      at: new Date(createdAt),
      ...otherwise,
    },
  ]);
  // By then the address is taken.
  await tested.make(there, person);
  expect(await countRows("audit_events", TELLS_OF_NEW)).toBe(before + 1);
});

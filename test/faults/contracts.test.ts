import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Authenticator } from "../support/authenticator.ts";
import { losesAnswer, refuses, startBreakableService } from "../support/break-calls.ts";
import { stopClock } from "../support/clock.ts";
import { mailTo } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { type Person, signedIn, somebody } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import type { Answer, TestService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";

type Send = () => Promise<Answer<unknown>>;

interface Flow {
  what: string;
  /** Makes the request ready, so that sending it is the only thing left. */
  prepare: (service: TestService) => Promise<Send>;
  /** What it may be told when it is repeated after something was spent on it. */
  spent?: number;
  /** An outage between its two writes leaves what the first did, which is whole by itself. */
  inTwoWrites?: true;
}

const NEW_PASSWORD = "another gentle otter";

const flows: Flow[] = [
  {
    what: "the second step of signing in",
    spent: 401,
    prepare: async (service) => {
      const person = await member(service);
      const { app } = await secondFactorOf(service, person);
      const { email, password } = person;
      const first = await service.ask<{ mfaToken: string }>("/api/login", {
        body: { email, password },
      });
      const body = { mfaToken: first.body.mfaToken, code: app.nextCode() };
      return () => service.ask("/api/login/mfa", { body });
    },
  },
  {
    what: "signing in with a second factor at once",
    spent: 401,
    prepare: async (service) => {
      const { email, password, ...person } = await member(service);
      const { app } = await secondFactorOf(service, { ...person, email, password });
      const body = { username: email, password, code: app.nextCode() };
      return () => service.ask("/api/users/login", { body });
    },
  },
  {
    what: "confirming a second factor",
    spent: 422,
    prepare: async (service) => {
      const { bearer, password } = await caller(service);
      const enrolled = await service.ask<{ secret: string }>("/api/auth/totp/enable", {
        bearer,
        body: { password },
      });
      const body = { code: new Authenticator(enrolled.body.secret).code() };
      return () => service.ask("/api/auth/totp/confirm", { bearer, body });
    },
  },
  {
    what: "changing a password",
    spent: 401,
    prepare: async (service) => {
      const { bearer, password } = await caller(service);
      const body = { current_password: password, new_password: NEW_PASSWORD };
      return () => service.ask("/api/user/password", { bearer, body });
    },
  },
  {
    what: "making a key",
    prepare: async (service) => {
      const { bearer } = await caller(service);
      const body = { name: "a key", scopes: ["profile:read"] };
      return () => service.ask("/api/user/api-keys", { bearer, body });
    },
  },
  {
    what: "asking with a key",
    prepare: async (service) => {
      const { bearer } = await caller(service);
      const body = { name: "a key", scopes: ["profile:read"] };
      const made = await service.ask<{ data: { key: string } }>("/api/user/api-keys", {
        bearer,
        body,
      });
      return () => service.ask("/api/user/profile", { method: "GET", bearer: made.body.data.key });
    },
  },
  {
    what: "setting a tenant up",
    spent: 409,
    inTwoWrites: true,
    prepare: async (service) => {
      const { slug } = await newTenant();
      const { email, password } = somebody();
      const body = { email, password, first_name: "Robin", last_name: "Example" };
      return () => service.ask(`/${slug}/api/v1/auth/register`, { body });
    },
  },
  {
    what: "signing in with a login code",
    spent: 401,
    inTwoWrites: true,
    prepare: async (service) => {
      const { email } = await member(service);
      await service.ask("/api/v1/auth/send-code", { body: { email } });
      const { text } = await mailTo(service, email, /code/i);
      const body = { email, code: text.match(/\b\d{6}\b/)?.[0] };
      return () => service.ask("/api/v1/auth/verify-code", { body });
    },
  },
  {
    what: "registering and signing in at once",
    spent: 422,
    inTwoWrites: true,
    prepare: async (service) => {
      const body = somebody();
      return () => service.ask("/api/auth/register", { body });
    },
  },
  {
    what: "signing out",
    spent: 401,
    prepare: async (service) => {
      const { bearer } = await caller(service);
      return () => service.ask("/api/auth/logout", { method: "POST", bearer });
    },
  },
  {
    what: "ending every other session",
    prepare: async (service) => {
      const { bearer } = await caller(service);
      return () => service.ask("/api/auth/tokens", { method: "DELETE", bearer });
    },
  },
  {
    what: "changing a profile",
    prepare: async (service) => {
      const { bearer } = await caller(service);
      return () => service.ask("/api/users/me", { method: "PUT", bearer, body: { city: "Graz" } });
    },
  },
  {
    what: "impersonating",
    prepare: async (service) => {
      const [admin, target] = [await member(service), await member(service)];
      await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE email = ?")
        .bind(admin.email)
        .run();
      const { accessToken: bearer } = await signedIn(service, admin);
      const body = { username: target.email, impersonate: true };
      return () => service.ask("/api/users/login", { bearer, body });
    },
  },
];

async function caller(service: TestService): Promise<Person & { bearer: string }> {
  const person = await member(service);
  const { accessToken } = await signedIn(service, person);
  return { ...person, bearer: accessToken };
}

describe.each(flows)("while the platform fails in one call of $what", (flow) => {
  const { prepare, spent, inTwoWrites } = flow;

  it.each([
    ["refuses the call", refuses],
    ["loses its answer", losesAnswer],
  ])("and %s: the answer is whole or 503, and the request can be repeated", async (_how, how) => {
    stopClock();
    const service = startBreakableService();
    const untouched = await (await prepare(service))();
    const calls = await service.record(await prepare(service));
    expect(untouched.status).toBeLessThan(300);
    expect(calls).toBeGreaterThan(0);

    for (let broken = 0; broken < calls; broken++) {
      const fresh = startBreakableService();
      const send = await prepare(fresh);

      const answer = await fresh.breakCall(broken, how, send);
      if (answer.status !== untouched.status) {
        expect(answer.status).toBe(503);
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }

      const repeated = await send();
      if (answer.status !== untouched.status && repeated.status !== untouched.status) {
        const mayHaveSpent = how === losesAnswer || inTwoWrites;
        expect(mayHaveSpent, "only a lost answer may have spent something").toBe(true);
        expect(repeated.status).toBe(spent);
      }
    }
  });
});

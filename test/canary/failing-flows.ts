import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { member } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import type { Flow, Watch } from "./watch.ts";

/** Whatever goes wrong: what stands where it must not or cannot be read, and outages. */
export const failingFlows: readonly Flow[] = [misplacedSecrets, outages];

async function misplacedSecrets(watch: Watch): Promise<void> {
  const service = watch.service();
  const secret = watch.password("a misplaced secret");
  for (const path of ["/api/login", "/auth/signin", "/api/auth/login", "/api/users/login"]) {
    await service.ask(path, { body: `{"password":"${secret}` });
    await service.ask(path, { body: secret });
    await service.ask(path, { body: { email: { secret }, password: [secret] } });
    await service.ask(`${path}?password=${secret}&token=${secret}`, { body: {} });
    await service.ask(`${path}/${secret}`, { body: {} });
    await service.ask(path, { method: "PUT", bearer: secret });
  }
  for (const path of ["/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/userinfo"]) {
    await service.ask(`${path}?client_secret=${secret}&access_token=${secret}`, { body: {} });
    await service.ask(path, { body: { token: secret, client_id: secret }, bearer: secret });
  }
  for (const path of ["/verify", "/reset", "/secure", "/account/email/confirm", `/${secret}`]) {
    await service.ask(`${path}?token=${secret}`, { method: "GET" });
  }
  const headers = { cookie: `latchkey=${secret}; planpoint=${secret}`, "user-agent": secret };
  await service.ask("/account", { method: "GET", headers });
  await service.ask("/api/users/me", { method: "GET", headers });
}

async function outages(watch: Watch): Promise<void> {
  const service = watch.service();
  const person = await member(service, watch.somebody());
  const { accessToken, refreshToken } = await signedIn(service, person);
  const { email, password } = person;
  const { userCode, deviceCode } = await startedDevice(service);
  await decide(service, accessToken, { userCode });
  for (const table of ["accounts", "sessions", "passwords"]) {
    await without(table, async () => {
      await service.ask("/api/login", { body: { email, password } });
      await service.ask("/api/auth/refresh", { body: { refreshToken } });
      await service.ask("/api/user/profile", { method: "GET", bearer: accessToken });
      await service.ask("/api/register", { body: watch.somebody() });
      await poll(service, deviceCode);
      await deliver({ kind: "reset-password", email });
    });
  }
}

/** A table under another name: every statement that needs it fails, with its parameters at hand. */
async function without(table: string, work: () => Promise<unknown>): Promise<void> {
  await env.DB.exec(`ALTER TABLE ${table} RENAME TO ${table}_gone`);
  try {
    await work();
  } finally {
    await env.DB.exec(`ALTER TABLE ${table}_gone RENAME TO ${table}`);
  }
}

/** Hands the consumer of the queue an order. */
async function deliver(order: object): Promise<void> {
  const batch = createMessageBatch("latchkey-mail", [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body: order },
  ]);
  await worker.queue(batch as never, env);
}

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { contracts } from "../conformance/contracts.ts";
import { type Driver, given } from "../conformance/driver.ts";
import { Authenticator } from "../support/authenticator.ts";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { type Most, startCountedService } from "../support/counted-service.ts";
import { mailedToken, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import {
  askToken,
  BACKEND,
  backendTokens,
  introspected,
  revoked,
  spaTokens,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { answerWith, passkeyOf } from "../support/passkeys.ts";
import type { Person } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";

/** What Cloudflare allows in production, and the local runtime does not hold anybody to. */
const ALLOWED: Most = { queries: 50, parameters: 100, iterations: 100_000 };
/** Of everything that there can be many of. */
const MANY = 300;

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

function expectWithin(most: Most): void {
  // What is counted here counts.
  expect(most.queries).toBeGreaterThan(2);
  expect(most.parameters).toBeGreaterThan(5);
  for (const limit of ["queries", "parameters", "iterations"] as const) {
    expect({ [limit]: most[limit] <= ALLOWED[limit] }).toEqual({ [limit]: true });
  }
}

/** Somebody with many sessions, keys and events. */
async function busyMember(): Promise<Person> {
  const person = await member(startService());
  const rows = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})`;
  const account = "(SELECT id FROM accounts WHERE email = ?)";
  const tenant = "(SELECT tenant_id FROM accounts WHERE email = ?)";
  const now = Date.now();
  await env.DB.batch([
    env.DB.prepare(
      `${rows} INSERT INTO sessions (id, number, tenant_id, account_id, contract, created_at, expires_at, ends_at)
       SELECT lower(hex(randomblob(16))), i, ${tenant}, ${account}, 'credebl', ${now}, ${now + 9e8}, ${now + 9e8} FROM n`,
    ).bind(person.email, person.email),
    env.DB.prepare(
      `${rows} INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
       SELECT lower(hex(randomblob(16))), ${tenant}, 'signed-in', '', ${account}, '', ${now} FROM n`,
    ).bind(person.email, person.email),
  ]);
  return person;
}

async function recover({ recovery }: Driver, service: TestService, person: Person) {
  const { email } = person;
  if (recovery) {
    given(await recovery.request(email));
    const token = await mailedToken(service, email, RESET);
    given(await recovery.reset({ email, token, password: person.password }));
  }
}

async function endSessions({ sessions }: Driver, accessToken: string) {
  const [newest, oldest] = sessions ? await sessions.list(accessToken) : [];
  await sessions?.revoke(accessToken, oldest ?? newest ?? "");
}

async function approveDevice({ device }: Driver, accessToken: string) {
  if (device) {
    const { userCode, deviceCode } = given(await device.start());
    given(await device.approve(accessToken, { userCode }));
    given(await device.poll(deviceCode));
  }
}

async function turnTotpOnAndOff({ totp }: Driver, accessToken: string, { password }: Person) {
  if (totp) {
    const { secret, handle } = given(await totp.enrol(accessToken, password));
    const app = new Authenticator(secret);
    given(await totp.confirm(accessToken, { handle, code: app.code() }));
    given(await totp.disable(accessToken, { password, code: app.nextCode() }));
  }
}

async function makeKey({ keys }: Driver, accessToken: string) {
  const made = await keys?.create(accessToken);
  if (keys && made?.yes) {
    await keys.use(made.key);
    given(await keys.remove(accessToken, made.id));
  }
}

describe("REL-09: no request asks more of the platform than production allows", () => {
  it.each(contracts)("of $contract", async ({ connect }) => {
    stopClock();
    const person = await busyMember();
    const { service, most } = startCountedService();
    const driver = connect(service);
    await recover(driver, service, person);
    const { accessToken, refreshToken } = given(await driver.signIn(person));
    await driver.refresh?.(refreshToken ?? "");
    await driver.readName?.(accessToken);
    await driver.rename?.(accessToken, { first: "Ada", last: "King" });
    await makeKey(driver, accessToken);
    await approveDevice(driver, accessToken);
    await turnTotpOnAndOff(driver, accessToken, person);
    await endSessions(driver, accessToken);
    await driver.changePassword?.(accessToken, {
      email: person.email,
      oldPassword: person.password,
      newPassword: `${person.password}-anew`,
    });
    await driver.signOut?.(accessToken);
    expectWithin(most);
  });

  it("of a sign-out that lists as many sessions as it may", async () => {
    const { service, most } = startCountedService();
    const [credebl] = contracts.filter(({ contract }) => contract === "credebl");
    const signedIn = await credebl?.connect(service).signIn(await busyMember());
    const { accessToken: bearer } = given(signedIn ?? { yes: false, reason: "internal" });
    const body = { sessions: Array.from({ length: 50 }, () => crypto.randomUUID()) };
    expect((await service.ask("/auth/signout", { bearer, body })).status).toBe(200);
    expect(most.parameters).toBeGreaterThan(50);
    expectWithin(most);
  });

  it("of OAuth", async () => {
    const { service, most } = startCountedService();
    const { access_token, refresh_token } = await spaTokens(service);
    await introspected(service, access_token);
    await revoked(service, { token: refresh_token, client_id: "test-spa" });
    const backend = await backendTokens(service);
    const form = { grant_type: "refresh_token", refresh_token: backend.refresh_token };
    await askToken(service, form, BACKEND);
    expectWithin(most);
  });

  it("of the pages, of an account with many sessions and events", async () => {
    const person = await busyMember();
    const { service, most } = startCountedService();
    const { browser } = await signedInBrowser(service, person);
    const device = await passkeyOf(browser);
    for (const path of ["", "/security", "/passkeys", "/sessions", "/keys", "/activity"]) {
      expect((await browser.open(`/account${path}`)).status).toBe(200);
    }
    await answerWith(browser, await browser.open("/signin"), device);
    const { form } = await browser.open("/account/sessions/elsewhere");
    const ended = await browser.submit(form("/account/sessions/elsewhere"));
    expect(ended.status).toBeLessThan(400);
    expectWithin(most);
  });

  it("of PBKDF2, at the strength of production", async () => {
    const { service, most } = startCountedService({ PASSWORD_ITERATIONS: undefined });
    const [contract] = contracts;
    const person = await member(service);
    given((await contract?.connect(service).signIn(person)) ?? { yes: false, reason: "internal" });
    expect(most.iterations).toBe(ALLOWED.iterations);
  });
});

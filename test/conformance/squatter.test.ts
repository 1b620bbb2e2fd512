import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { mailTo } from "../support/mail.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";
import { given, no } from "./driver.ts";
import { planasonix } from "./drivers/planasonix.ts";

const WRONG = no("invalid_credentials");
const NEW_PASSWORD = "quiet-heron-marsh";
/** Rows of the account with this address. */
const OF_ACCOUNT = "account_id = (SELECT id FROM accounts WHERE email = ?)";

beforeAll(registerClients);

const LOGIN_CODE = /code to sign in/i;
const PROOF = /address is yours/i;
const RESET = /new password/i;

type Prove = (service: TestService, email: string) => Promise<void>;

const byCode: Prove = async (service, email) => {
  await service.ask("/api/v1/auth/send-code", { body: { email } });
  await enterCode(service, email);
};

const byLink: Prove = async (service, email) => {
  await service.ask("/auth/verification-mail", { body: { email } });
  await followProof(service, email);
};

const byNewPassword: Prove = async (service, email) => {
  await service.ask("/api/forgot-password", { body: { email } });
  const { text } = await mailTo(service, email, RESET);
  const token = text.match(/token=([\w-]+)/)?.[1];
  await service.ask("/api/reset-password", { body: { token, password: NEW_PASSWORD } });
};

/** Every way in which the owner of a mailbox can prove it, beside the link that a registration mails. */
const proofs: [how: string, prove: Prove][] = [
  ["a login code", byCode],
  ["a mailed link", byLink],
  ["a new password", byNewPassword],
];

/** A tenant's, which this account made. */
async function insertServiceKey(accountId: string): Promise<string> {
  const id = crypto.randomUUID();
  await env.DB.prepare(
    "INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at) VALUES (?1, ?2, ?3, 'service', 'nightly', 'p', ?1, '[]', 0)",
  )
    .bind(id, DEFAULT_TENANT_ID, accountId)
    .run();
  return id;
}

async function enterCode(service: TestService, email: string) {
  const { text } = await mailTo(service, email, LOGIN_CODE);
  const code = text.match(/\b\d{6}\b/)?.[0];
  return service.ask("/api/v1/auth/verify-code", { body: { email, code } });
}

async function followProof(service: TestService, email: string) {
  const { text } = await mailTo(service, email, PROOF);
  const verificationCode = text.match(/verificationCode=([\w-]+)/)?.[1] ?? "";
  const query = new URLSearchParams({ email, verificationCode });
  return service.ask(`/auth/verify?${query}`, { method: "GET" });
}

/** Somebody who registered an address that is not theirs, and made the most of it. */
async function squat(service: TestService, person: Person) {
  const { device, keys, ...driver } = planasonix.connect(service);
  if (!device || !keys) {
    throw new Error("this contract has devices and keys");
  }
  const { accessToken } = await signedIn(service, await registered(service, person));
  const { key } = given(await keys.create(accessToken));
  const { deviceCode, userCode } = given(await device.start());
  given(await device.approve(accessToken, { userCode }));
  const { browser } = await signedInBrowser(service, person);
  const { forms } = await browser.open("/account/passkeys");
  // A passkey would open the account by itself for as long as nobody looks for it.
  expect(forms.filter(({ passkeyOptions }) => passkeyOptions !== null)).toEqual([]);
  return { accessToken, key, deviceCode, device, driver, keys };
}

describe.each(proofs)("REC-04: once the owner of an address has proved it by %s", (_, prove) => {
  it("nothing works that somebody else made of it before", async () => {
    stopClock();
    const service = startService();
    const owner = somebody();
    const squatter = await squat(service, owner);
    const { accessToken, deviceCode, key } = squatter;
    expect(await squatter.keys.use(key)).toBe("good");
    passSeconds(1);

    await prove(service, owner.email);

    expect(await squatter.driver.isSignedIn(accessToken)).toBe(false);
    expect(await squatter.keys.use(key)).toBe("no key");
    expect(await squatter.device.poll(deviceCode)).toEqual(no("access_denied"));
  });

  it("the log tells of each API key that went by its name, and of no other", async () => {
    stopClock();
    const service = startService();
    const { person, accessToken } = await signedIn(service);
    for (const name of ["nightly", "what? it's"]) {
      const body = { name, scopes: ["profile:read"] };
      await service.ask("/api/user/api-keys", { bearer: accessToken, body });
    }
    const accountId = await accountIdOf(person);
    const serviceKey = await insertServiceKey(accountId);
    passSeconds(1);

    await prove(service, person.email);

    const events = await service.ports.auditLog.list(accountId, 100);
    const verified = events.find(({ event }) => event === "address-verified");
    const told = events.filter(({ event }) => event === "key-revoked");
    const like = { ...verified, id: expect.any(String), event: "key-revoked" };
    expect(told.toSorted((one, other) => (one.subject ?? "").localeCompare(other.subject ?? "")))
      // In the write that takes them, as whoever proves the address does it.
      .toEqual([
        { ...like, subject: "nightly" },
        { ...like, subject: "what? it's" },
      ]);
    expect(await countRows("keys", "account_id = ? AND kind = 'api'", accountId)).toBe(0);
    expect(await countRows("keys", "id = ?", serviceKey)).toBe(1);
  });
});

describe.each(proofs)("REC-04: where an address was proved before, %s", (_, prove) => {
  it("takes no API key, and tells of none", async () => {
    stopClock();
    const service = startService();
    const { person, accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);
    await alterAccount(person, { emailVerifiedAt: new Date() });
    passSeconds(1);

    await prove(service, person.email);

    expect(await planasonix.connect(service).keys?.use(key)).toBe("good");
    expect(
      await countRows("audit_events", `event = 'key-revoked' AND ${OF_ACCOUNT}`, person.email),
    ).toBe(0);
  });
});

describe("REC-04: the password that an address was registered with", () => {
  it("is gone once a login code has proved the address, and was not that of a proved one", async () => {
    stopClock();
    const service = startService();
    const { email, password } = await registered(service);
    const { signIn } = planasonix.connect(service);
    given(await signIn({ email, password }));

    await byCode(service, email);

    expect(await signIn({ email, password })).toEqual(WRONG);
    await byNewPassword(service, email);
    passSeconds(60);
    await byCode(service, email);
    given(await signIn({ email, password: NEW_PASSWORD }));
  });

  it("signs its owner in after a link that signs in nobody", async () => {
    const service = startService();
    const { email, password } = await registered(service);

    await byLink(service, email);

    given(await planasonix.connect(service).signIn({ email, password }));
  });
});

describe("REC-04: a second factor of whoever registered an address", () => {
  it("does not shut its owner out, who sets a password by mail", async () => {
    stopClock();
    const service = startService();
    const person = await registered(service);
    const { signIn } = planasonix.connect(service);
    await secondFactorOf(service, person);
    expect(await signIn(person)).toEqual(no("second_factor_required"));

    await byNewPassword(service, person.email);

    const { email } = person;
    given(await signIn({ email, password: NEW_PASSWORD }));
    expect(await countRows("recovery_codes", OF_ACCOUNT, email)).toBe(0);
    await mailTo(service, email, /Two-factor sign-in was turned off/);
    expect(
      await countRows("audit_events", `event = 'second-factor-off' AND ${OF_ACCOUNT}`, email),
    ).toBe(1);
  });

  it("stays with an account that has power, whose address was mistyped", async () => {
    stopClock();
    const service = startService();
    const person = await registered(service);
    await secondFactorOf(service, person);
    await alterAccount(person, { role: "superadmin" });

    await byNewPassword(service, person.email);

    const { email } = person;
    const { signIn } = planasonix.connect(service);
    expect(await signIn({ email, password: NEW_PASSWORD })).toEqual(no("second_factor_required"));
    expect(
      await countRows("audit_events", `event = 'second-factor-off' AND ${OF_ACCOUNT}`, email),
    ).toBe(0);
  });
});

describe("an account that is registered after the mail was written", () => {
  it("is not confirmed by the link in it", async () => {
    stopClock();
    const service = startService();
    const person = somebody();
    await service.ask("/auth/verification-mail", { body: { email: person.email } });
    await mailTo(service, person.email, PROOF);
    passSeconds(1);
    await registered(service, person);

    expect((await followProof(service, person.email)).status).toBe(200);

    const { email, password } = person;
    expect((await service.ask("/auth/signin", { body: { email, password } })).status).toBe(401);
  });

  it("is not entered by the code in it, and by the next one, whose mail warns", async () => {
    stopClock();
    const service = startService();
    const { email, ...person } = somebody();
    await service.ask("/api/v1/auth/send-code", { body: { email } });
    const first = await mailTo(service, email, LOGIN_CODE);
    passSeconds(1);
    await registered(service, { email, ...person });

    expect((await enterCode(service, email)).status).toBe(401);
    expect(first.text).not.toMatch(/registered with this address before/);

    await service.ask("/api/v1/auth/send-code", { body: { email } });
    await expect
      .poll(async () => (await mailTo(service, email, LOGIN_CODE)).text, { timeout: 30_000 })
      .toMatch(/before/);
    expect((await enterCode(service, email)).status).toBe(200);
  });
});

describe("what somebody can find out without reading the mailbox", () => {
  it.each(["known", "disabled"])(
    "wrong codes after a mail are counted alike for an address that is %s",
    async (kind) => {
      const service = startService();
      const known = await registered(service);
      if (kind === "disabled") {
        await disableAccount(known.email);
      }
      const answers = await Promise.all(
        [known.email, somebody().email].map((email) => triesAround(service, email)),
      );

      expect(answers[0]).toEqual(answers[1]);
    },
  );
});

/** Six wrong codes, a mail, and one more. */
async function triesAround(service: TestService, email: string): Promise<number[]> {
  const wrong = async () => {
    const body = { email, code: "no code" };
    return (await service.ask("/api/v1/auth/verify-code", { body })).status;
  };
  const statuses: number[] = [];
  for (let count = 0; count < 6; count++) {
    statuses.push(await wrong());
  }
  await service.ask("/api/v1/auth/send-code", { body: { email } });
  await expect.poll(wrong, { timeout: 30_000 }).toBe(401);
  return statuses;
}

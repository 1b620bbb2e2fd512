import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { everyAccount } from "../../scripts/admin/export/every-account.ts";
import { personAsJson, personStatements } from "../../scripts/admin/export/person.ts";
import { offering } from "../conformance/contracts.ts";
import { createdKey } from "../support/api-keys.ts";
import { Browser, memberBrowser } from "../support/browser.ts";
import { stopClock } from "../support/clock.ts";
import {
  CHEAP_FOREIGN_HASH,
  FOREIGN_PASSWORD,
  giveForeignHash,
} from "../support/foreign-hashes.ts";
import { executeAll, imported, TENANT } from "../support/imports.ts";
import { member } from "../support/members.ts";
import { answerWith, passkeyOf } from "../support/passkeys.ts";
import { type Person, registered, signedIn } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

const TABLES = [
  ...["accounts", "passwords", "second_factors", "recovery_codes", "passkeys", "keys", "sessions"],
  ...["address_proofs", "email_changes"],
];

const rows = async (table: string) =>
  (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results.map((row) => JSON.stringify(row));

async function exported(): Promise<string> {
  let text = "";
  for await (const lines of everyAccount(TENANT, executeAll)) {
    text += lines.map((line) => `${line}\n`).join("");
  }
  return text;
}

const wipe = () => env.DB.exec(TABLES.map((table) => `DELETE FROM ${table}`).join(";"));

/** Somebody with all that one can have. */
async function settledPerson() {
  const service = startService();
  const { browser, person } = await memberBrowser(service);
  const device = await passkeyOf(browser);
  const { accessToken } = await signedIn(service, person);
  const { key } = await createdKey(service, accessToken);
  const { app, recoveryCodes } = await secondFactorOf(service, person);
  return { service, person, device, key, app, recoveryCodes };
}

describe("what was exported, once it is imported again under the same secret", () => {
  it("lets everybody in by everything they had", async () => {
    stopClock();
    await wipe();
    const { service, person, device, key, app, recoveryCodes } = await settledPerson();
    const [recoveryCode = ""] = recoveryCodes;
    const mover = await registered(service);
    await giveForeignHash(mover.email, CHEAP_FOREIGN_HASH);
    const kept = ["accounts", "passwords", "passkeys", "keys"];
    const before = await Promise.all(kept.map(rows));

    const file = await exported();
    await wipe();
    const { tally } = await imported(file, { withRoles: true });

    expect(tally).toEqual({
      ...{ imported: 2, thereAlready: 0, refused: 0, dear: 0, dearest: 0 },
      unproved: { passwords: 1, apps: 0 },
    });
    const stored = await Promise.all(kept.map(rows));
    expect(stored.map((each) => each.sort())).toEqual(
      before.map((each) => withoutUses(each).sort()),
    );
    const [driver] = offering("totp").map(({ connect }) => connect(service));
    // What was spent before is spent still.
    expect((await driver?.signIn({ ...person, code: app.code() }))?.yes).toBe(false);
    expect((await driver?.signIn({ ...person, code: app.nextCode() }))?.yes).toBe(true);
    expect((await driver?.signIn({ ...person, recoveryCode }))?.yes).toBe(true);
    expect((await driver?.signIn({ ...person, recoveryCode }))?.yes).toBe(false);
    const profile = await service.ask("/api/user/profile", {
      ...{ method: "GET", bearer: key },
    });
    expect(profile.status).toBe(200);
    const browser = new Browser(service);
    const page = await browser.open("/signin");
    expect((await answerWith(browser, page, device)).status).toBe(303);
    const body = { email: mover.email, password: FOREIGN_PASSWORD };
    expect((await service.ask("/api/login", { body })).status).toBe(200);
  });

  it("changes nothing where it is there still", async () => {
    await wipe();
    await settledPerson();
    const before = await Promise.all(TABLES.map(rows));
    const { outcomes } = await imported(await exported(), { withRoles: true });
    expect(outcomes).toEqual([
      { line: 1, outcome: "there already", reason: "its address is known" },
    ]);
    expect(await Promise.all(TABLES.map(rows))).toEqual(before);
  });

  it("is refused line by line under another secret, and nothing is half taken", async () => {
    await wipe();
    await settledPerson();
    const file = await exported();
    await wipe();
    const { outcomes } = await imported(file, { secret: "a-secret-that-sealed-none-of-this" });
    expect(outcomes).toMatchObject([
      { outcome: "refused", reason: "password_hash was made under another AUTH_SECRET" },
    ]);
    expect(await rows("accounts")).toEqual([]);
  });

  it("has every account, in pages, and none of another tenant", async () => {
    await wipe();
    const many = Array.from({ length: 501 }, (_, index) => ({
      email: `many-${index}@example.test`,
    }));
    await imported(many);
    await imported([{ email: "other@example.test" }], { tenantId: crypto.randomUUID() });
    const addresses = (await exported())
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as Person).email);
    expect(addresses.sort()).toEqual(many.map(({ email }) => email).sort());
  });
});

describe("what is told of one person", () => {
  const told = async (person: Person) => {
    const account = await startService().ports.accounts.findByEmail(TENANT, person.email);
    const statements = personStatements(account?.id ?? "", person.email, TENANT);
    return personAsJson(statements, await executeAll(Object.values(statements)));
  };

  it("is everything that is stored of them, by its name", async () => {
    await wipe();
    const { person } = await settledPerson();
    const stranger = await member(startService());
    const text = await told(person);
    const parts = JSON.parse(text) as Record<string, object>;
    expect(Object.keys(parts)).toEqual([
      ...["account", "password", "second_factor", "passkeys", "keys", "sessions", "events"],
      ...["email_changes", "address_proof", "mail_suppression"],
    ]);
    expect(parts).toMatchObject({
      account: { email: person.email, role: "user", tenant: "default", profile: {} },
      password: { is_set: true },
      second_factor: { recovery_codes_left: 8 },
      passkeys: [{ name: "My phone" }],
      keys: [{ kind: "api", name: "A key", scopes: ["profile:read"] }],
    });
    expect(parts["sessions"]).not.toEqual([]);
    expect(text).toMatch(/"event": "signed-in"/);
    expect(text).toMatch(/"created_at": "\d{4}-\d\d-\d\dT/);
    expect(text).not.toContain(stranger.email);
  });

  it("holds no hash, no secret and nothing that signs in", async () => {
    await wipe();
    const { person, key, recoveryCodes } = await settledPerson();
    const text = await told(person);
    const secret = await env.DB.prepare(
      `SELECT hash, (SELECT sealed_secret FROM second_factors) AS app, (SELECT hash FROM keys) AS key,
         (SELECT digest FROM recovery_codes) AS code, (SELECT credential_id FROM passkeys) AS credential,
         (SELECT public_key FROM passkeys) AS public_key FROM passwords`,
    ).first<Record<string, string>>();
    const all = [...Object.values(secret ?? {}), person.password, key, ...recoveryCodes];
    expect(all.length).toBeGreaterThan(12);
    expect(all.filter((each) => text.includes(each))).toEqual([]);
  });
});

/** What a proof was spent on, and which reset link was mailed last, are not carried along. */
function withoutUses(all: readonly string[]): string[] {
  const lost: Record<string, unknown> = { spent_on: null, reset_link_number: 0 };
  return all.map((row) => {
    const entries = Object.entries(JSON.parse(row) as object).map(([name, value]) => [
      name,
      name in lost ? lost[name] : (value as unknown),
    ]);
    return JSON.stringify(Object.fromEntries(entries));
  });
}

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sql } from "../../scripts/sql.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { CHEAP_FOREIGN_HASH, FOREIGN_PASSWORD } from "../support/foreign-hashes.ts";
import { executeAll, imported, TENANT } from "../support/imports.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";

const SECRET = env.AUTH_SECRET;
const vault = createVault({ current: SECRET, previous: null });

let number = 0;
/** A row that nothing is wrong with. */
const row = (more: object = {}) => ({
  email: `moved-${++number}@example.test`,
  password_hash: CHEAP_FOREIGN_HASH,
  ...more,
});

const rows = async (table: string) =>
  (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results;

beforeEach(() =>
  env.DB.exec(
    "DELETE FROM accounts; DELETE FROM passwords; DELETE FROM second_factors; DELETE FROM recovery_codes; DELETE FROM passkeys; DELETE FROM keys; DELETE FROM email_changes; DELETE FROM tenants WHERE slug <> 'default'; UPDATE tenants SET dearest_hash = NULL",
  ),
);

const reasons = async (given: string | readonly object[], how = {}) =>
  (await imported(given, how)).outcomes.map(({ outcome, reason }) => reason ?? outcome);

describe("a line that cannot be taken", () => {
  it.each<[string, object | string, string | RegExp]>([
    ["no JSON", '{"email":"a@example.test"', /^it is not JSON: a line is one account, as \{/],
    ["a list", "[]", /^it is JSON, but not an object: /],
    ["a text", '"a@example.test"', /^it is JSON, but not an object: /],
    ["no UTF-8, or too long", `{"email":"${"a".repeat(70_000)}"}`, /longer than 64 KiB/],
    ["no address", { email: "a" }, /^email: /],
    ["no address at all", { name: "A" }, /^email: /],
    [
      "an unknown field",
      row({ pasword: "x" }),
      /^has "pasword", which is not a field .*: docs\/moving\.md lists them under/,
    ],
    ["a time to come", row({ created_at: "2999-01-01T00:00:00Z" }), "created_at: is in the future"],
    ["a time that is none", row({ created_at: "yesterday" }), /^created_at: /],
    ["control characters", row({ name: "a\u0000b" }), "name: has control characters"],
    ["half a character", '{"email":"a@example.test","name":"\\ud800"}', /not well-formed/],
    ["an id that is none", row({ id: "7" }), /^id: /],
    ["an unknown hash", row({ password_hash: "$1$a$b" }), /of no kind that is known here/],
    ["a hash in the clear", row({ password_hash: "gentle otter" }), /of no kind that is known/],
    [
      "a dear hash",
      row({ password_hash: CHEAP_FOREIGN_HASH.replace("$04$", "$13$") }),
      /11 at most/,
    ],
    [
      "our own hash under another secret",
      row({
        password_hash: `$pbkdf2-sha256-chain$i=1000,k=00000000$${"a".repeat(22)}$${"a".repeat(43)}`,
      }),
      "password_hash was made under another AUTH_SECRET",
    ],
    [
      "our own hash that never ends",
      row({
        password_hash: `$pbkdf2-sha256-chain$i=9999999,k=00000000$${"a".repeat(22)}$${"a".repeat(43)}`,
      }),
      /has 9999999$/,
    ],
    [
      "our own hash that takes longer than one that is made here",
      row({
        password_hash: `$pbkdf2-sha256-chain$i=600001,k=00000000$${"a".repeat(22)}$${"a".repeat(43)}`,
      }),
      "password_hash may have 1 to 600000 iterations, as PASSWORD_ITERATIONS says, and has 600001",
    ],
    [
      "half of our own hash",
      row({ password_hash: "$pbkdf2-sha256-chain$i=1" }),
      /not written as one of ours/,
    ],
    ["a foreign seal", row({ password_hash: "00000000.abcd" }), /sealed under another AUTH_SECRET/],
    ["a short app secret", row({ totp_secret: "JBSWY3DP" }), /no Base32 of 80 bits/],
    ["codes without an id", row({ recovery_codes: ["00000000.a"] }), /whose id is kept/],
    [
      "an unknown profile field",
      row({ profile: { boss: true } }),
      /^profile: has "boss", which is not a field/,
    ],
  ])("is refused for it, with its line, and stops no other: %s", async (_, bad, why) => {
    const good = [row(), row()].map((each) => JSON.stringify(each));
    const text = typeof bad === "string" ? bad : JSON.stringify(bad);
    const { outcomes, tally } = await imported(`${good[0]}\n\n${text}\r\n${good[1]}`);
    expect(outcomes.map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, "imported"],
      [3, "refused"],
      [4, "imported"],
    ]);
    expect(outcomes[1]?.reason).toMatch(why);
    expect(tally).toEqual({
      ...{ imported: 2, thereAlready: 0, refused: 1, dear: 0, dearest: 0 },
      unproved: { passwords: 2, apps: 0 },
    });
  });

  it("is told of without what it holds: no hash, no secret", async () => {
    const secret = "JBSWY3DP";
    const bad = [
      row({ password_hash: "secret-hash-of-somebody" }),
      row({ totp_secret: secret }),
      '{"email":"a@example.test","password_hash":"secret-hash-of-somebody',
    ];
    const text = bad.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
    const said = JSON.stringify((await imported(text.join("\n"))).outcomes);
    expect(said).not.toContain("secret-hash");
    expect(said).not.toContain(secret);
  });
});

describe("an account that is there", () => {
  it("is left as it is, however often the same file comes", async () => {
    const file = [row({ name: "Ada King", totp_secret: "JBSWY3DPEHPK3PXP" }), row()];
    expect(await reasons(file)).toEqual(["imported", "imported"]);
    const before = [await rows("accounts"), await rows("passwords"), await rows("second_factors")];
    expect(await reasons(file)).toEqual(["its address is known", "its address is known"]);
    expect([await rows("accounts"), await rows("passwords"), await rows("second_factors")]).toEqual(
      before,
    );
  });

  it("gets nothing from a row of its address or of its id", async () => {
    const { email } = await registered(startService());
    const [account] = await rows("accounts");
    const before = await rows("passwords");
    const app = { totp_secret: "JBSWY3DPEHPK3PXP" };
    const known = await imported([
      row({ email: email.toUpperCase(), ...app }),
      row({ id: account?.["id"], ...app }),
    ]);
    expect(known.outcomes).toEqual([
      { line: 1, outcome: "there already", reason: "its address is known" },
      { line: 2, outcome: "there already", reason: "its id is known" },
    ]);
    expect(known.tally).toEqual({
      ...{ imported: 0, thereAlready: 2, refused: 0, dear: 0, dearest: 0 },
      unproved: { passwords: 0, apps: 0 },
    });
    expect([await rows("accounts"), await rows("passwords")]).toEqual([[account], before]);
    expect(await rows("second_factors")).toEqual([]);
  });

  it("is the first of two rows of a file with one address, or one id", async () => {
    const id = crypto.randomUUID();
    const twice = row({ name: "first" });
    const app = { totp_secret: "JBSWY3DPEHPK3PXP" };
    expect(
      await reasons([
        twice,
        { ...twice, name: "second", ...app },
        row({ id }),
        row({ id, ...app }),
      ]),
    ).toEqual(["imported", "its address is known", "imported", "its id is that of a line before"]);
    expect((await rows("accounts")).map(({ name }) => name)).toEqual(["first", null]);
    expect(await rows("second_factors")).toEqual([]);
    expect(await rows("passwords")).toHaveLength(2);
  });

  it("is anybody's address in another tenant", async () => {
    const { email } = await registered(startService());
    expect(await reasons([row({ email })], { tenantId: crypto.randomUUID() })).toEqual([
      "imported",
    ]);
  });
});

describe("an id that an account of another tenant has", () => {
  it("is refused by that name, since the account is not there for this one", async () => {
    await registered(startService());
    const [account] = await rows("accounts");
    const file = [row({ id: account?.["id"] }), row()];
    for (const dryRun of [true, false]) {
      const { outcomes, tally } = await imported(file, { tenantId: crypto.randomUUID(), dryRun });
      expect(outcomes[0]).toEqual({
        ...{ line: 1, outcome: "refused", reason: "its id is taken in another tenant" },
      });
      expect(tally).toMatchObject({ imported: 1, thereAlready: 0, refused: 1 });
    }
  });
});

describe("an address that was given up lately", () => {
  it("is kept for whom it was taken from", async () => {
    const now = Date.now();
    const taken = row();
    await env.DB.prepare(
      `INSERT INTO email_changes (id, tenant_id, account_id, from_email, to_email, requested_at, changed_at)
       VALUES ('c', ?, 'somebody', ?, 'new@example.test', ?, ?)`,
    )
      .bind(TENANT, taken.email, now, now)
      .run();
    expect(await reasons([taken, row()])).toEqual([
      "its address is kept for whom it was taken from",
      "imported",
    ]);
    expect(await rows("passwords")).toHaveLength(1);
  });
});

describe("what grants more than an account of its own", () => {
  const mighty = () => ({
    ...row({ role: "superadmin", zapier: true }),
    keys: [
      {
        ...{ id: crypto.randomUUID(), kind: "service", name: "back end", prefix: "sk_" },
        ...{
          hash: "a".repeat(64),
          scopes: [],
          created_at: 1,
          expires_at: null,
          last_used_at: null,
        },
      },
    ],
  });

  it("is not taken, and said so", async () => {
    const { outcomes } = await imported([mighty()]);
    expect(outcomes[0]?.notes).toEqual([
      "its role superadmin was not taken",
      "its Zapier flag was not taken",
      "its service keys were not taken",
    ]);
    expect(await rows("accounts")).toMatchObject([{ role: "user", zapier: 0 }]);
    expect(await rows("keys")).toEqual([]);
  });

  it("is taken where the operator says so", async () => {
    const { outcomes } = await imported([mighty()], { withRoles: true });
    expect(outcomes[0]?.notes).toBeUndefined();
    expect(await rows("accounts")).toMatchObject([{ role: "superadmin", zapier: 1 }]);
    expect(await rows("keys")).toMatchObject([{ kind: "service", tenant_id: TENANT }]);
  });
});

const manyKeys = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: crypto.randomUUID(), kind: "api", name: "k".repeat(100), prefix: "k" },
    ...{ hash: index.toString(16).padStart(64, "0"), scopes: [], created_at: 1 },
    ...{ expires_at: null, last_used_at: null },
  }));

describe("batches", () => {
  it("are bounded in rows and bytes, and a row beyond them is refused", async () => {
    const sizes: number[] = [];
    const long = (text: string, fields: readonly string[]) => ({
      profile: Object.fromEntries(fields.map((field) => [field, text.repeat(2_000 / text.length)])),
    });
    const many = [
      ...Array.from({ length: 600 }, () => row({ password_hash: null })),
      ...Array.from({ length: 50 }, () => row(long("ö", ["city"]))),
      ...Array.from({ length: 50 }, () => row(long("'", ["city"]))),
      ...Array.from({ length: 50 }, () => row(long("COMMIT; ", ["city"]))),
      row(long("BEGIN TRANSACTION\u2028", ["city"])),
      row(
        long("€", ["city", "zip", "region", "phone", "country", "address1", "address2", "locale"]),
      ),
      row({ ...long("'", ["city"]), keys: manyKeys(300) }),
    ];
    const { tally } = await imported(many, {
      async execute(statements) {
        for (const { text } of statements) {
          sizes.push(new TextEncoder().encode(text).length);
        }
        return executeAll(statements);
      },
    });
    expect(tally).toMatchObject({ imported: 752, refused: 1 });
    expect(Math.max(...sizes)).toBeLessThan(100_000);
    expect(sizes.length).toBeGreaterThan(6);
    const cities = (await rows("accounts")).map(
      ({ profile }) => JSON.parse(String(profile)) as { city?: string },
    );
    const starts = new Set(cities.map(({ city }) => city?.slice(0, 18)));
    expect(starts).toEqual(
      new Set([
        ...[undefined, "ö".repeat(18), "'".repeat(18), "€".repeat(18)],
        ...["COMMIT; COMMIT; CO", "BEGIN TRANSACTION\u2028"],
      ]),
    );
  });

  it("break off whole: what was reported is stored, and the next run finds the rest", async () => {
    const file = Array.from({ length: 600 }, () => row({ password_hash: null }));
    const reported: number[] = [];
    let batches = 0;
    const broken = imported(file, {
      async execute(statements) {
        batches += 1;
        if (batches === 2) {
          throw new Error("the line is cut");
        }
        return executeAll(statements);
      },
      report: async (outcomes) => void reported.push(...outcomes.map(({ line }) => line)),
    });
    await expect(broken).rejects.toThrow("the line is cut");
    expect(await rows("accounts")).toHaveLength(reported.length);
    expect(reported).toEqual(Array.from({ length: reported.length }, (_, index) => index + 1));
    const { tally } = await imported(file);
    expect(tally).toMatchObject({ imported: 600 - reported.length, thereAlready: reported.length });
  });

  it("are written down with how many accounts are new, and not where none is", async () => {
    const told = async () =>
      (await rows("audit_events")).filter(({ event }) => event === "accounts-imported");
    const before = (await told()).length;
    const [known, ...others] = [row(), row(), row()];
    await imported([known]);
    await imported([known]);
    await imported([known, ...others]);

    const [first, second, ...more] = (await told()).slice(before);
    expect(more).toEqual([]);
    const event = { tenant_id: TENANT, actor_id: "operator", account_id: "" };
    expect(first).toMatchObject({ ...event, subject: "1" });
    expect(second).toMatchObject({ ...event, subject: "2" });
  });

  it("store nothing where everything is only to be checked", async () => {
    const { outcomes } = await imported([row(), row({ email: "x" })], { dryRun: true });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["would be imported", "refused"]);
    expect(await rows("accounts")).toEqual([]);
  });

  it("are counted by a check as by the import, also what is there and what comes twice", async () => {
    const known = row();
    const twice = { ...row(), id: crypto.randomUUID() };
    await imported([known]);
    // The last come in another batch than what they repeat.
    const file = [
      ...[known, twice, { ...twice, id: null }, { ...row(), id: twice.id }, row({ email: "x" })],
      ...Array.from({ length: 250 }, () => row()),
      ...[{ ...twice, id: null }, { ...row(), id: twice.id }, known],
    ];
    const checked = await imported(file, { dryRun: true });
    expect(await rows("accounts")).toHaveLength(1);
    const stored = await imported(file);
    expect(checked.tally).toEqual({
      ...{ imported: 251, thereAlready: 5, refused: 2, dear: 0, dearest: 0 },
      unproved: { passwords: 251, apps: 0 },
    });
    expect(stored.tally).toEqual(checked.tally);
    const repeats = checked.outcomes.filter(({ reason }) => reason?.includes("a line before"));
    expect(repeats.map(({ line }) => line)).toEqual([3, 4, 256, 257]);
  });
});

describe("what is stored", () => {
  it("has no foreign hash and no app secret in the clear", async () => {
    await imported([row({ totp_secret: "jbsw y3dp-ehpk 3pxp" })]);
    const [password] = await rows("passwords");
    expect(await vault.open("foreign-password-hash", String(password?.["hash"]))).toBe(
      CHEAP_FOREIGN_HASH,
    );
    const [factor] = await rows("second_factors");
    expect(await vault.open("totp-secret", String(factor?.["sealed_secret"]))).toBe(
      "JBSWY3DPEHPK3PXP",
    );
    expect(factor?.["confirmed_at"]).toEqual(expect.any(Number));
  });

  it("lets its owner in, with every name, time and flag as given", async () => {
    const given = row({
      ...{ given_name: "Ada", family_name: "King", email_verified: true, profile: { zip: "1010" } },
      created_at: "2024-05-01T12:00:00+02:00",
    });
    await imported([given]);
    expect(await rows("accounts")).toMatchObject([
      {
        ...{ email: given.email, name: "Ada King", given_name: "Ada", family_name: "King" },
        ...{ created_at: Date.parse("2024-05-01T10:00:00Z"), profile: '{"zip":"1010"}' },
        ...{ email_verified_at: Date.parse("2024-05-01T10:00:00Z"), disabled_at: null },
      },
    ]);
    const body = { email: given.email, password: FOREIGN_PASSWORD };
    expect((await startService().ask("/api/login", { body })).status).toBe(200);
  });

  it("lets nobody in where it was disabled", async () => {
    const given = row({ disabled: true });
    await imported([given]);
    const body = { email: given.email, password: FOREIGN_PASSWORD };
    expect((await startService().ask("/api/login", { body })).status).toBe(401);
  });
});

describe("what a stranger may have set up", () => {
  it.each([false, true])(
    "is no passkey at an address that was not proved: roles too, %s",
    async (withRoles) => {
      const passkey = () => ({
        ...{ id: crypto.randomUUID(), name: "Phone", credential_id: crypto.randomUUID() },
        ...{ public_key: "a", counter: 0, transports: [], synced: false },
        ...{ created_at: 1, last_used_at: null },
      });
      const kept = passkey();

      const { outcomes } = await imported(
        [
          { ...row({ email_verified: true }), passkeys: [kept] },
          { ...row({ email_verified: false }), passkeys: [passkey()] },
        ],
        { withRoles },
      );

      expect(outcomes.map(({ notes }) => notes)).toEqual([
        undefined,
        ["its passkeys were not taken: its address was not proved"],
      ]);
      expect(await rows("passkeys")).toMatchObject([{ id: kept.id }]);
    },
  );
});

describe("what is counted that a stranger may have set up", () => {
  it("is passwords and apps at addresses that were not proved, of accounts that come in", async () => {
    const app = { totp_secret: "JBSWY3DPEHPK3PXP" };
    const there = row({ ...app, email_verified: false });
    await imported([there]);
    const file = [
      there,
      row({ email_verified: false }),
      row({ ...app, email_verified: null }),
      row({ ...app, password_hash: null }),
      row({ password_hash: null }),
      row({ ...app, email_verified: true }),
      row({ ...app, email_verified_at: "2026-01-31T12:00:00Z" }),
      row({ ...app, password_hash: "no hash" }),
    ];
    const unproved = { passwords: 2, apps: 2 };
    expect((await imported(file, { dryRun: true })).tally).toMatchObject({ imported: 6, unproved });
    expect((await imported(file)).tally).toMatchObject({ imported: 6, unproved });
  });
});

describe("what a wrong password costs in a tenant", () => {
  const bcrypt = (cost: number) =>
    row({ password_hash: CHEAP_FOREIGN_HASH.replace("$04$", `$${cost}$`) });
  const dearest = async () =>
    (await rows("tenants")).map(({ slug, dearest_hash }) => [slug, dearest_hash]);

  it("is one of ours still, where none that was imported costs more", async () => {
    const { tally } = await imported([row(), row({ password_hash: null })]);
    expect(tally).toMatchObject({ imported: 2, dear: 0, dearest: 0 });
    expect(await dearest()).toEqual([["default", null]]);
  });

  it("is the dearest that was ever imported, stored in one go with its account", async () => {
    const { tally } = await imported([bcrypt(10), bcrypt(11), row()]);
    expect(tally).toMatchObject({ imported: 3, dear: 2, dearest: 2 ** 11 * 600 });
    expect(await dearest()).toEqual([["default", 2 ** 11 * 600]]);
    await imported([bcrypt(10)]);
    expect(await dearest()).toEqual([["default", 2 ** 11 * 600]]);
  });

  it("stays as it was where the batch is not stored", async () => {
    const failing = imported([bcrypt(10)], {
      execute: (statements) => executeAll([...statements, sql`no SQL`]),
    });
    await expect(failing).rejects.toThrow();
    await imported([bcrypt(10)], { dryRun: true });
    expect(await dearest()).toEqual([["default", null]]);
  });

  it("rises by what was sealed elsewhere, too, and in no other tenant", async () => {
    const { tenantId } = await newTenant({ slug: "other" });
    const { password_hash: hash } = bcrypt(10);
    const sealed = await vault.seal("foreign-password-hash", hash);
    await imported([row({ password_hash: sealed })], { tenantId });
    expect(await dearest()).toEqual([
      ["default", null],
      ["other", 2 ** 10 * 600],
    ]);
  });
});

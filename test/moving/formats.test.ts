import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { auth0 } from "../../scripts/admin/import/auth0.ts";
import { betterAuth } from "../../scripts/admin/import/better-auth.ts";
import { firebase } from "../../scripts/admin/import/firebase.ts";
import { keycloak } from "../../scripts/admin/import/keycloak.ts";
import { listedUsers } from "../../scripts/admin/import/listed-users.ts";
import { supabase } from "../../scripts/admin/import/supabase.ts";
import { Authenticator } from "../support/authenticator.ts";
import { FOREIGN_PASSWORD } from "../support/foreign-hashes.ts";
import { imported, TENANT } from "../support/imports.ts";
import { startService } from "../support/service.ts";
import auth0File from "./samples/auth0.ndjson?raw";
import betterAuthFile from "./samples/better-auth.ndjson?raw";
import firebaseFile from "./samples/firebase.json?raw";
import keycloakFile from "./samples/keycloak.json?raw";
import supabaseFile from "./samples/supabase.ndjson?raw";

const stored = (email: string) =>
  env.DB.prepare(
    `SELECT name, given_name, family_name, role, email_verified_at, disabled_at IS NOT NULL AS disabled,
       must_reset_password, created_at FROM accounts WHERE email = ?`,
  )
    .bind(email)
    .first();

const signIn = async (body: { email: string; password: string }) =>
  (await startService().ask("/api/login", { body })).status;

const MARCH = Date.parse("2025-03-01T09:30:00Z");

describe("an export of better-auth", () => {
  it("brings accounts, their times, names and passwords, and no roles", async () => {
    const { outcomes } = await imported(betterAuthFile, { mapper: betterAuth });
    expect(outcomes).toEqual([
      {
        line: 1,
        outcome: "imported",
        id: expect.any(String) as string,
        notes: [
          "its second factor is sealed under better-auth's own secret and was not taken",
          "its role admin was not taken",
        ],
      },
      { line: 2, outcome: "imported", id: expect.any(String) as string },
      {
        line: 3,
        outcome: "refused",
        reason: "password is neither better-auth's own scrypt nor a hash in PHC form",
      },
    ]);
    expect(await stored("ada@better-auth.example")).toEqual({
      ...{ name: "Ada King", given_name: "Ada", family_name: "King", role: "user" },
      ...{ email_verified_at: MARCH, disabled: 0, must_reset_password: 0, created_at: MARCH },
    });
    expect(await stored("grace@better-auth.example")).toMatchObject({
      ...{ disabled: 1, email_verified_at: null, given_name: "Grace" },
    });
    const email = "ada@better-auth.example";
    expect(await signIn({ email, password: "another otter" })).toBe(401);
    expect(await signIn({ email, password: FOREIGN_PASSWORD })).toBe(200);
    expect(await signIn({ email, password: FOREIGN_PASSWORD })).toBe(200);
  });
});

describe("roles of another system", () => {
  const admin = { name: "Sam Example", role: "admin", accounts: [] };
  const rows = [
    { ...admin, email: "proved@roles.example", emailVerified: true },
    { ...admin, email: "unproved@roles.example", emailVerified: false },
  ];

  it("are taken for proved addresses alone, where they are asked for", async () => {
    const { outcomes } = await imported(rows, { mapper: betterAuth, withRoles: true });

    expect(outcomes).toEqual([
      { line: 1, outcome: "imported", id: expect.any(String) as string },
      {
        line: 2,
        outcome: "imported",
        id: expect.any(String) as string,
        notes: ["its role admin was not taken: its address was not proved"],
      },
    ]);
    expect(await stored("proved@roles.example")).toMatchObject({ role: "admin" });
    expect(await stored("unproved@roles.example")).toMatchObject({ role: "user" });
  });

  it("are kept as they are where the file is our own", async () => {
    const row = { email: "own@roles.example", role: "admin", email_verified: false };
    const { outcomes } = await imported([row], { withRoles: true });

    expect(outcomes).toEqual([{ line: 1, outcome: "imported", id: expect.any(String) as string }]);
    expect(await stored("own@roles.example")).toMatchObject({ role: "admin" });
  });
});

describe("an export of Supabase", () => {
  it("brings accounts with PostgreSQL's times, and no database role", async () => {
    const { outcomes } = await imported(supabaseFile, { mapper: supabase, withRoles: true });
    expect(outcomes).toMatchObject([
      { line: 1, outcome: "imported" },
      { outcome: "imported", notes: ["it signed in by SSO, which was not taken"] },
    ]);
    expect(await stored("ada@supabase.example")).toMatchObject({
      ...{ name: "Ada King", role: "user", disabled: 0 },
      email_verified_at: Date.parse("2025-03-01T09:30:00.123Z"),
      created_at: Date.parse("2025-02-28T09:30:00.5Z"),
    });
    // It was the phone number that she confirmed.
    expect(await stored("grace@supabase.example")).toMatchObject({
      ...{ disabled: 1, name: null, email_verified_at: null },
    });
    const email = "ada@supabase.example";
    expect(await signIn({ email, password: FOREIGN_PASSWORD })).toBe(200);
  });
});

describe("an export of Auth0", () => {
  it("brings accounts with their authenticator apps", async () => {
    const { outcomes } = await imported(auth0File, { mapper: auth0 });
    expect(outcomes).toMatchObject([
      { line: 1, outcome: "imported" },
      {
        line: 2,
        outcome: "refused",
        reason: expect.stringMatching(/is of no kind that is known here/) as string,
      },
      {
        outcome: "imported",
        notes: ["a second factor other than an authenticator app was not taken"],
      },
    ]);
    const email = "ada@auth0.example";
    const { passwordHashes, accounts } = startService().ports;
    const found = await accounts.findCredentials({ tenantId: TENANT, email });
    expect(await passwordHashes.verify(FOREIGN_PASSWORD, found?.passwordHash ?? null)).toBe(true);
    expect(found?.account.twoFactorEnabled).toBe(true);
    expect(
      await accepts(found?.secondFactor?.sealedSecret, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    ).toBe(true);
  });
});

/** Whether a sealed secret is the one that an app was set up with. */
async function accepts(sealed: string | undefined, secret: string): Promise<boolean> {
  const { vault, totp } = startService().ports;
  const opened = await vault.open("totp-secret", sealed ?? "");
  const code = new Authenticator(secret).code();
  return (await totp.stepOf(opened ?? "", code, new Date(), 0)) !== null;
}

describe("an export of Keycloak", () => {
  it("brings accounts out of a realm, by the lines they begin on", async () => {
    const { outcomes } = await imported(keycloakFile, { mapper: keycloak, read: listedUsers });
    const lines = keycloakFile.split("\n");
    const lineOf = (id: string) => lines.findIndex((line) => line.includes(`"id": "${id}"`));
    expect(outcomes).toMatchObject([
      { line: lineOf("u1"), outcome: "imported" },
      {
        ...{ line: lineOf("u2"), outcome: "imported" },
        notes: ['a credential of type "webauthn" was not taken'],
      },
      {
        ...{ line: lineOf("u3"), outcome: "imported" },
        notes: [
          "an authenticator app of other than SHA-1, six digits and 30 seconds was not taken",
        ],
      },
      {
        line: lineOf("u4"),
        outcome: "refused",
        reason: expect.stringMatching(/^email: /) as string,
      },
      {
        ...{ line: lineOf("u5"), outcome: "refused" },
        reason: 'its password is hashed by "md5", which is not known here',
      },
    ]);
    expect(await stored("ada@keycloak.example")).toMatchObject({
      ...{ name: "Ada King", role: "user", disabled: 0, email_verified_at: MARCH },
    });
    expect(await stored("grace@keycloak.example")).toMatchObject({
      ...{ disabled: 1, must_reset_password: 1 },
    });
    const { passwordHashes, accounts } = startService().ports;
    const ada = await accounts.findCredentials({ tenantId: TENANT, email: "ada@keycloak.example" });
    expect(await passwordHashes.verify(FOREIGN_PASSWORD, ada?.passwordHash ?? null)).toBe(true);
    const secret = "JY4WEQT2IN3VCN3DKEYFQ32GJIZGIMLB";
    expect(await accepts(ada?.secondFactor?.sealedSecret, secret)).toBe(true);
    const grace = await accounts.findCredentials({
      ...{ tenantId: TENANT, email: "grace@keycloak.example" },
    });
    expect(await passwordHashes.verify(FOREIGN_PASSWORD, grace?.passwordHash ?? null)).toBe(true);
  });

  it.each([
    ["accounts a line", '{"users":1}\n{"users":2}\n'],
    ["a list that does not end", '{"users":[{"email":"a@example.com"}'],
    ["a list of another name", '{"clients":[{"users":[]}]}'],
    ["nothing", ""],
  ])("is refused where it is %s", async (_, text) => {
    await expect(imported(text, { mapper: keycloak, read: listedUsers })).rejects.toThrow(
      'no JSON document with a list "users"',
    );
  });
});

const HASHING = {
  signerKey:
    "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
  ...{ saltSeparator: "Bw==", rounds: 8, memoryCost: 14 },
};

describe("an export of Firebase", () => {
  it("brings accounts whose hashes need what the project's console shows", async () => {
    const how = { read: listedUsers, mapper: firebase(HASHING) };
    const { outcomes } = await imported(firebaseFile, how);
    expect(outcomes).toMatchObject([
      { outcome: "imported" },
      {
        outcome: "imported",
        notes: ["signing in by google.com was not taken", "its second factor was not taken"],
      },
      { outcome: "refused", reason: expect.stringMatching(/^email: /) as string },
    ]);
    const email = "ada@firebase.example";
    expect(await stored(email)).toMatchObject({ name: "Ada King", created_at: MARCH });
    expect(await stored("grace@firebase.example")).toMatchObject({ disabled: 1 });
    expect(await signIn({ email, password: "user2password" })).toBe(401);
    expect(await signIn({ email, password: "user1password" })).toBe(200);
  });

  it("has each account with a password refused without it", async () => {
    const tenantId = crypto.randomUUID();
    const how = { read: listedUsers, mapper: firebase(null), dryRun: true, tenantId };
    const { outcomes } = await imported(firebaseFile, how);
    expect(outcomes[0]).toMatchObject({
      outcome: "refused",
      reason: expect.stringMatching(/--firebase-hashing/) as string,
    });
    expect(outcomes[1]).toMatchObject({ outcome: "would be imported" });
  });
});

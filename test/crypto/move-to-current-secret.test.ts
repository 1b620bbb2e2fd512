import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { SealedTexts } from "../../src/core/ports.ts";
import { moveToCurrentSecret } from "../../src/crypto/move-to-current-secret.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1SealedTexts } from "../../src/storage/d1/sealed-texts.ts";
import { CHEAP_FOREIGN_HASH } from "../support/foreign-hashes.ts";
import { tableScans } from "../support/table-scans.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";
const PURPOSE = "totp-secret";

const before = createVault({ current: SECRET, previous: null });
const rotating = createVault({ current: OTHER_SECRET, previous: SECRET });
const after = createVault({ current: OTHER_SECRET, previous: null });
const places = d1SealedTexts(openDatabase(env.DB));

beforeEach(() => env.DB.exec("DELETE FROM second_factors; DELETE FROM recovery_codes"));

/** Accounts with an app whose secret is the account's own id. */
async function apps(vault: typeof before, ids: readonly string[]): Promise<void> {
  const sealed = await Promise.all(ids.map((id) => vault.seal(PURPOSE, id)));
  const rows = ids.map((id, index) => ({ id, sealed: sealed[index] }));
  await env.DB.prepare(
    `INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
     SELECT value ->> 'id', 'e', value ->> 'sealed', 1 FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run();
}

const names = (count: number, what = "a") => Array.from({ length: count }, (_, i) => `${what}${i}`);

/** What each account's secret opens to once the secret before is gone. */
async function opened(): Promise<Record<string, string | null>> {
  const { results } = await env.DB.prepare(
    "SELECT account_id AS id, sealed_secret AS sealed FROM second_factors",
  ).all<{ id: string; sealed: string }>();
  const entries = results.map(async ({ id, sealed }) => [id, await after.open(PURPOSE, sealed)]);
  return Object.fromEntries(await Promise.all(entries));
}

describe("moving what is stored to the current secret", () => {
  it("leaves nothing under the one before, and each with what it had", async () => {
    await apps(before, names(1_200));
    await apps(after, names(3, "new"));
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 1_200, hasMore: false });
    const all = [...names(1_200), ...names(3, "new")];
    expect(await opened()).toEqual(Object.fromEntries(all.map((id) => [id, id])));
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 0, hasMore: false });
  });

  it("REL-09: is bounded: what is left waits for the next run", async () => {
    await apps(before, names(2_600));
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 2_000, hasMore: true });
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 600, hasMore: false });
  });

  it("does nothing where no secret is to go", async () => {
    await apps(before, names(3));
    expect(await moveToCurrentSecret(after, places)).toEqual({ moved: 0, hasMore: false });
  });

  it("leaves what does not open as it is, and goes on with the rest", async () => {
    const { previous } = await rotating.secretIds();
    await apps(before, ["a"]);
    await env.DB.prepare(
      "INSERT INTO second_factors (account_id, enrolment_id, sealed_secret) VALUES ('b', 'e', ?)",
    )
      .bind(`${previous}.broken`)
      .run();
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 1, hasMore: false });
    expect(await opened()).toEqual({ a: "a", b: null });
  });

  it("gets past any number of those within a run, to what comes after them", async () => {
    const { previous } = await rotating.secretIds();
    await env.DB.prepare(
      `INSERT INTO second_factors (account_id, enrolment_id, sealed_secret)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
       SELECT 'b' || i, 'e', ? || i FROM n`,
    )
      .bind(`${previous}.!broken`)
      .run();
    await apps(before, ["a"]);
    const code = await before.seal("recovery-code", "a code");
    await env.DB.prepare("INSERT INTO recovery_codes (account_id, digest) VALUES ('a', ?)")
      .bind(code)
      .run();
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 2, hasMore: false });
  });

  it("moves imported passwords, and no others", async () => {
    const own = "$pbkdf2-sha256-chain$i=1000,k=00000000$c2FsdA$aGFzaA";
    const foreign = await before.seal("foreign-password-hash", CHEAP_FOREIGN_HASH);
    await env.DB.prepare(
      "INSERT INTO passwords (account_id, hash, changed_at) VALUES ('own', ?, 1)",
    )
      .bind(own)
      .run();
    await env.DB.prepare("INSERT INTO passwords (account_id, hash, changed_at) VALUES ('f', ?, 1)")
      .bind(foreign)
      .run();
    expect(await moveToCurrentSecret(rotating, places)).toEqual({ moved: 1, hasMore: false });
    const { results } = await env.DB.prepare(
      "SELECT hash FROM passwords WHERE account_id IN ('own', 'f') ORDER BY account_id",
    ).all<{ hash: string }>();
    const moved = await after.seal("foreign-password-hash", CHEAP_FOREIGN_HASH);
    expect(results).toEqual([{ hash: moved }, { hash: own }]);
  });

  it("puts nothing in the place of what was changed meanwhile", async () => {
    await apps(before, ["a"]);
    const changed = await after.seal(PURPOSE, "another secret");
    const racing = places.map(
      (place): SealedTexts => ({
        ...place,
        async replace(texts) {
          await env.DB.prepare("UPDATE second_factors SET sealed_secret = ?").bind(changed).run();
          return place.replace(texts);
        },
      }),
    );
    expect(await moveToCurrentSecret(rotating, racing)).toEqual({ moved: 0, hasMore: false });
    expect(await opened()).toEqual({ a: "another secret" });
  });

  it("twice at once moves each once, to the same", async () => {
    await apps(before, names(50));
    const runs = await Promise.all([1, 2].map(() => moveToCurrentSecret(rotating, places)));
    expect(runs.reduce((sum, { moved }) => sum + moved, 0)).toBe(50);
    expect(await opened()).toEqual(Object.fromEntries(names(50).map((id) => [id, id])));
  });

  it("REL-09: reads through no table of people", async () => {
    const { scans, statements } = await tableScans(async () => {
      for (const place of places) {
        await place.sealedUnder("01234567", 10);
        await place.replace([{ was: "a", becomes: "b" }]);
      }
    });
    expect(statements).toBe(8);
    // There are a handful of signing keys.
    expect(scans).toEqual(["SCAN signing_keys", "SCAN signing_keys"]);
  });
});

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createVault } from "../../src/crypto/vault.ts";
import { countUnderUnknownSecrets } from "../../src/storage/d1/count-under-unknown-secrets.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { logLines } from "../support/log-lines.ts";
import { member } from "../support/members.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";
import { runHourly } from "../support/signing-keys.ts";

const OTHER = "a-master-secret-that-nothing-here-was-made-with";
const db = openDatabase(env.DB);

beforeEach(async () => {
  await env.DB.exec(
    "DELETE FROM signing_keys; DELETE FROM second_factors; DELETE FROM recovery_codes; DELETE FROM passwords; DELETE FROM webhooks",
  );
});

/** Apps that are sealed under a secret with this id, and as many recovery codes and imported passwords. */
async function sealedUnder(id: string, count: number): Promise<void> {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  await env.DB.batch([
    env.DB.prepare(
      `${numbers} INSERT INTO passwords (account_id, hash, changed_at)
       SELECT ?1 || i, ?1 || '.' || i, 1 FROM n UNION ALL SELECT ?1 || i || 'own', '$' || ?1, 1 FROM n`,
    ).bind(id),
    env.DB.prepare(
      `${numbers} INSERT INTO second_factors (account_id, enrolment_id, sealed_secret)
       SELECT ?1 || i, 'e', ?1 || '.' || i FROM n`,
    ).bind(id),
    env.DB.prepare(
      `${numbers} INSERT INTO recovery_codes (account_id, digest) SELECT ?1, ?1 || '.' || i FROM n`,
    ).bind(id),
  ]);
}

const counted = async (...secretIds: [string, string]) => {
  const {
    signing_keys: _,
    webhooks: __,
    ...counts
  } = await countUnderUnknownSecrets(db, secretIds);
  return Object.values(counts);
};

describe("what is sealed under secrets that are not set", () => {
  it("is counted wherever their ids lie among those that are", async () => {
    for (const id of ["00000000", "44444444", "88888888", "aaaaaaaa", "ffffffff"]) {
      await sealedUnder(id, 2);
    }
    expect(await counted("44444444", "aaaaaaaa")).toEqual([6, 6, 6]);
    expect(await counted("aaaaaaaa", "44444444")).toEqual([6, 6, 6]);
    expect(await counted("00000000", "00000000")).toEqual([8, 8, 8]);
  });

  it("is counted up to a thousand: no hour reads through what is lost", async () => {
    await sealedUnder("44444444", 1_001);
    expect(await counted("aaaaaaaa", "aaaaaaaa")).toEqual([1_000, 1_000, 1_000]);
    expect(await counted("44444444", "aaaaaaaa")).toEqual([0, 0, 0]);
  });

  it("is none where a second secret is set that has sealed nothing", async () => {
    const { current } = await createVault({ current: env.AUTH_SECRET, previous: null }).secretIds();
    await sealedUnder(current, 3);
    expect(await counted(current, "ffffffff")).toEqual([0, 0, 0]);
  });
});

describe("secrets of webhooks that are sealed under none that is set", () => {
  it("are counted, with those before them, but for those just entered and those of webhooks that are turned off", async () => {
    await env.DB.exec(
      "INSERT INTO webhooks (id, tenant_id, url, secret, sequence, disabled_at, created_at) VALUES " +
        "('a', 't', '', '44444444.x', 0, NULL, 1), ('b', 't', '', '88888888.x', 0, NULL, 1), " +
        "('c', 't', '', 'whsec_AAAA', 0, NULL, 1), ('d', 't', '', '88888888.y', 0, 1, 1)",
    );
    expect(await countUnderUnknownSecrets(db, ["44444444", "aaaaaaaa"])).toMatchObject({
      webhooks: 1,
    });
    await env.DB.exec("UPDATE webhooks SET previous_secret = '88888888.z' WHERE id IN ('a', 'd')");
    expect(await countUnderUnknownSecrets(db, ["44444444", "aaaaaaaa"])).toMatchObject({
      webhooks: 2,
    });
  });
});

describe("the hourly run, once somebody has set a secret without keeping the one before", () => {
  const lines = async (variables: object) => {
    const log = logLines();
    await runHourly({ ...env, ...variables });
    return log.parsed().filter((line) => line["level"] === "error");
  };

  it("says as an error how much opens no more, every hour until the one before is set", async () => {
    const service = startService();
    await secondFactorOf(service, await member(service));
    const lost = {
      level: "error",
      under_unknown_secrets: {
        signing_keys: 1,
        second_factors: 1,
        recovery_codes: 8,
        foreign_passwords: 0,
        webhooks: 0,
      },
      see: "AUTH_SECRET_PREVIOUS",
    };
    const count = "SELECT count(*) AS n FROM signing_keys";
    expect(await env.DB.prepare(count).first("n")).toBe(1);

    expect(await lines({ AUTH_SECRET: OTHER })).toEqual([lost]);
    expect(await lines({ AUTH_SECRET: OTHER })).toEqual([lost]);
    const kept = { AUTH_SECRET: OTHER, AUTH_SECRET_PREVIOUS: env.AUTH_SECRET };
    expect(await lines(kept)).toEqual([]);
    expect(await lines({ AUTH_SECRET: OTHER })).toEqual([]);
  });

  it("says nothing of signing keys that were withdrawn: nobody misses them", async () => {
    await startService().signingKeys.current();
    await env.DB.exec("UPDATE signing_keys SET withdrawn_at = 1");
    expect(await lines({ AUTH_SECRET: OTHER })).toEqual([]);
  });
});

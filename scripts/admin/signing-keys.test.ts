import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { LOCAL_SITE } from "../test-support/commands-on.ts";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { listSigningKeys } from "./list-signing-keys.ts";
import { retireSigningKey } from "./retire-signing-key.ts";
import { rotateSigningKey } from "./rotate-signing-key.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

const { database, refused, refusedAt, run } = commandsOnFreshDatabase();
let now: number;

beforeEach(() => {
  now = Date.now();
});

/** A key that signs from then on, and when it was made: in milliseconds from now. */
function key(number: number, activatesIn: number, createdIn = -60 * DAY): void {
  database.rows(`INSERT INTO signing_keys
      (number, kid, public_jwk, sealed_private_jwk, created_at, activates_at)
    VALUES (${number}, 'key-${number}', '{}', '0123abcd.sealed', ${now + createdIn}, ${now + activatesIn})`);
}

/** A key that was to be the next, and one that was made instead because nothing opened any more. */
function overtaken(): void {
  key(1, -10 * DAY);
  key(2, 20 * DAY);
  key(3, -DAY);
  key(4, 29 * DAY);
}

const stored = () =>
  database.rows("SELECT number, activates_at, withdrawn_at FROM signing_keys ORDER BY number");

describe("list-signing-keys", () => {
  test("says what each is for, and the secret that it is sealed under", () => {
    key(1, -40 * DAY);
    key(2, -10 * DAY);
    key(3, 20 * DAY);
    run(retireSigningKey, "--kid", "key-1");
    const lines = run(listSigningKeys).split("\n");
    assert.deepEqual(
      lines.map((line) => line.split(/\s+/).slice(0, 4).join(" ")),
      [
        "kid state secret",
        "key-3 next 0123abcd signs",
        "key-2 current 0123abcd signs",
        "key-1 withdrawn 0123abcd withdrawn",
      ],
    );
    assert.match(lines[1] ?? "", /signs from \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  });

  test("calls a key that a newer one has overtaken unused, and not next", () => {
    overtaken();
    const lines = run(listSigningKeys).split("\n").slice(1);
    assert.deepEqual(
      lines.map((line) => line.split(/ {2,}/).slice(0, 2).join(" ")),
      ["key-4 next", "key-3 current", "key-2 unused", "key-1 retired"],
    );
    assert.match(lines[2] ?? "", / never signs: a newer one came before it$/);
  });

  test("says so where there is none", () => {
    assert.match(run(listSigningKeys), /There is no signing key yet/);
  });
});

describe("rotate-signing-key", () => {
  test("KEY-02: has the next key take over when every Worker has heard of it", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY);
    assert.match(run(rotateSigningKey), /^key-2 signs from .* UTC\. It is published/);
    const [first, next] = stored();
    assert.equal(first?.["activates_at"], now - 10 * DAY);
    assertSoon(Number(next?.["activates_at"]), now + 2 * MINUTE);
  });

  test("KEY-02: lets a key be known for an hour first", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY, -10 * MINUTE);
    run(rotateSigningKey);
    assert.equal(stored()[1]?.["activates_at"], now + 50 * MINUTE);
  });

  test("delays nothing that comes sooner", () => {
    key(1, -10 * DAY);
    key(2, MINUTE);
    assert.match(run(rotateSigningKey), /, as it was\./);
    assert.equal(stored()[1]?.["activates_at"], now + MINUTE);
  });

  test("takes no key for the next that a newer one has overtaken", () => {
    overtaken();
    assert.match(run(rotateSigningKey), /^key-4 signs from /);
    assert.equal(stored()[1]?.["activates_at"], now + 20 * DAY);
    run(retireSigningKey, "--kid", "key-4");
    const before = stored();
    refused(/There is no next key yet/, rotateSigningKey);
    run(retireSigningKey, "--kid", "key-3");
    refused(/There is no next key yet/, rotateSigningKey);
    assert.deepEqual(
      stored().map((row) => row["activates_at"]),
      before.map((row) => row["activates_at"]),
    );
  });

  test("says what to do where there is no next key, and touches no other", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY);
    run(retireSigningKey, "--kid", "key-2");
    const before = stored();
    refused(/There is no next key yet\.\nThe hourly run makes it, at 17/, rotateSigningKey);
    refusedAt(LOCAL_SITE, /does not come by itself: curl hour while/, rotateSigningKey);
    assert.deepEqual(stored(), before);
  });
});

describe("retire-signing-key", () => {
  test("KEY-03: withdraws the current key, and the next one signs at once", () => {
    key(1, -40 * DAY);
    key(2, -10 * DAY);
    key(3, 20 * DAY);
    const said = run(retireSigningKey, "--kid", "key-2");
    assert.match(said, /^Withdrawn: key-2\. .* up to 60 s\.\nkey-3 signs now\.\n/);
    const [first, second, third] = stored();
    assert.equal(first?.["withdrawn_at"], null);
    assertSoon(Number(second?.["withdrawn_at"]), now);
    assertSoon(Number(third?.["activates_at"]), now);
    assert.equal(third?.["withdrawn_at"], null);
  });

  test("leaves the others as they are where the key signs no more, or not yet", () => {
    key(1, -40 * DAY);
    key(2, -10 * DAY);
    key(3, 20 * DAY);
    assert.match(run(retireSigningKey, "--kid", "key-1"), /key-2 signs now/);
    assert.match(run(retireSigningKey, "--kid", "key-3"), /key-2 signs now/);
    const [, second, third] = stored();
    assert.equal(second?.["withdrawn_at"], null);
    assert.equal(third?.["activates_at"], now + 20 * DAY);
  });

  test("KEY-03: promotes the key that signs after the withdrawn one, and none that it has overtaken", () => {
    overtaken();
    assert.match(run(retireSigningKey, "--kid", "key-3"), /\nkey-4 signs now\.\n/);
    const [, stale, , next] = stored();
    assert.equal(stale?.["activates_at"], now + 20 * DAY);
    assertSoon(Number(next?.["activates_at"]), now);
  });

  test("KEY-03: promotes nothing where a newer key has overtaken all there are", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY);
    key(3, -DAY);
    assert.match(
      run(retireSigningKey, "--kid", "key-3"),
      /The next sign-in or refresh makes a new/,
    );
    assert.equal(stored()[1]?.["activates_at"], now + 20 * DAY);
  });

  test("run twice changes nothing the second time", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY);
    key(3, 50 * DAY);
    run(retireSigningKey, "--kid", "key-1");
    const before = stored();
    assert.match(run(retireSigningKey, "--kid", "key-1"), /^Nothing was left to withdraw/);
    assert.deepEqual(stored(), before);
  });

  test("withdraws every key there is where told so", () => {
    key(1, -10 * DAY);
    key(2, 20 * DAY);
    assert.match(run(retireSigningKey, "--all"), /key-1.*key-2.*makes a new key/s);
    assert.ok(stored().every((row) => row["withdrawn_at"] !== null));
  });

  test("needs a key that is there, or to be told that all are meant", () => {
    key(1, -10 * DAY);
    refused(/There is no signing key key-9\.\nList them/, retireSigningKey, "--kid", "key-9");
    refused(/either --kid or --all/, retireSigningKey);
    refused(/either --kid or --all/, retireSigningKey, "--kid", "key-1", "--all");
    assert.equal(stored()[0]?.["withdrawn_at"], null);
  });
});

test("what is done to signing keys is written down, once", () => {
  key(1, -10 * DAY);
  key(2, 20 * DAY);
  run(rotateSigningKey);
  run(rotateSigningKey);
  run(retireSigningKey, "--kid", "key-1");
  run(retireSigningKey, "--kid", "key-1");
  refused(/There is no signing key/, retireSigningKey, "--kid", "key-9");
  run(retireSigningKey, "--all");
  run(retireSigningKey, "--all");

  const told = database.rows(
    "SELECT event, subject, actor_id AS actor FROM audit_events ORDER BY rowid",
  );
  const actor = "operator";
  assert.deepEqual(told, [
    { event: "signing-key-rotated", subject: "key-2", actor },
    { event: "signing-key-withdrawn", subject: "key-1", actor },
    { event: "signing-key-withdrawn", subject: "all", actor },
  ]);
});

/** The database has a clock of its own, which has gone on since. */
function assertSoon(time: number, since: number): void {
  assert.ok(time >= since && time < since + MINUTE, `${time} is not soon after ${since}`);
}

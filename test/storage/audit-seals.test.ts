import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Head } from "../../scripts/admin/check-chain.ts";
import type { Task } from "../../scripts/admin/task.ts";
import { verifyChain } from "../../scripts/admin/verify-chain.ts";
import { Problem } from "../../scripts/problem.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { purgeEvents } from "../../src/storage/d1/purge-events.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countFigure } from "../support/figures.ts";
import { logLines } from "../support/log-lines.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { runMinutely } from "../support/signing-keys.ts";
import { writeEvent } from "../support/write-event.ts";

const SITE = {
  publicUrl: "https://auth.test",
  admin: (line: string) => `admin ${line}`,
  runs: { hour: "curl hour", minute: "curl minute" },
};
const OTHER_TENANT = "another tenant";
const TRIGGERS = await all<{ name: string; sql: string }>(
  "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
);

const { sealEvents, ports } = startService();

async function all<Row>(statement: string): Promise<Row[]> {
  return (await env.DB.prepare(statement).all<Row>()).results;
}

/** So many events, each a second after the one before. */
async function happen(count: number, tenantId = DEFAULT_TENANT_ID): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const like = { tenantId, sessionId: "s", city: "Wien", country: "AT" };
    ids.push(await writeEvent({ ports }, "a", like));
  }
  return ids;
}

/** Events are sealed three times, two each time. */
async function sealedThrice(): Promise<string[]> {
  const ids: string[] = [];
  for (let seals = 0; seals < 3; seals++) {
    ids.push(...(await happen(2)));
    await sealEvents();
  }
  return ids;
}

/** What `npm run admin -- audit verify` says. */
async function verify(kept: Head | null = null): Promise<string> {
  const said: string[] = [];
  let task: Task | null = verifyChain("default", kept);
  try {
    while (task) {
      const statements = task.statements.map(({ text }) => env.DB.prepare(text));
      const answers = await env.DB.batch<Record<string, string | number | null>>(statements);
      said.push(
        ...task.report(
          answers.map(({ results }) => results),
          SITE,
        ),
      );
      task = (await task.next?.()) ?? null;
    }
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    said.push(error.message, error.advice);
  }
  return said.join("\n");
}

function headIn(said: string): Head {
  const [, sequence, digest = ""] = said.match(/--head (\d+):(\w+)/) ?? [];
  return { sequence: Number(sequence), digest };
}

/** Writes as somebody does who has the database in their hands. */
async function tamper(...statements: string[]): Promise<void> {
  await env.DB.batch([
    ...TRIGGERS.map(({ name }) => env.DB.prepare(`DROP TRIGGER ${name}`)),
    ...statements.map((statement) => env.DB.prepare(statement)),
    ...TRIGGERS.map(({ sql }) => env.DB.prepare(sql)),
  ]);
}

beforeEach(async () => {
  stopClock();
  await tamper("DELETE FROM audit_events", "DELETE FROM audit_seals", "DELETE FROM marks");
});

describe("the store of the audit log", () => {
  it("refuses to change an event, and to remove one that is not past its time", async () => {
    const [sealed] = await happen(1);
    await sealEvents();
    const [unsealed] = await happen(1);
    await expect(env.DB.exec("UPDATE audit_events SET event = 'signed-out'")).rejects.toThrow(
      "never changed",
    );
    for (const id of [sealed, unsealed]) {
      await expect(env.DB.exec(`DELETE FROM audit_events WHERE id = '${id}'`)).rejects.toThrow(
        "are kept",
      );
    }
  });

  it("lets the release before seals remove events, and nobody from the first seal on", async () => {
    const [old] = await happen(2);
    await env.DB.exec(`DELETE FROM audit_events WHERE id = '${old}'`);
    expect(await all("SELECT id FROM audit_events")).toHaveLength(1);
    await sealEvents();

    await expect(env.DB.exec("DELETE FROM audit_events")).rejects.toThrow("are kept");
    // The seals that would have to go first stay too.
    await expect(env.DB.exec("DELETE FROM audit_seals")).rejects.toThrow("are kept");
    expect(await all("SELECT id FROM audit_events")).toHaveLength(1);
  });

  it("refuses to change or remove a seal", async () => {
    await sealedThrice();
    for (const change of ["digest = ''", "count = 3", "sequence = 9", "events = '[]'"]) {
      await expect(env.DB.exec(`UPDATE audit_seals SET ${change}`)).rejects.toThrow();
    }
    await expect(env.DB.exec("DELETE FROM audit_seals")).rejects.toThrow("are kept");
    expect(await verify()).toContain("is whole");
  });
});

describe("sealing the audit log", () => {
  it("covers each event once, in the order of writing, by a chain for each tenant", async () => {
    const ids = await sealedThrice();
    const others = await happen(1, OTHER_TENANT);
    await happen(1);
    await sealEvents();

    const seals = await all<{ tenant_id: string; sequence: number; events: string }>(
      "SELECT * FROM audit_seals ORDER BY tenant_id = 'another tenant', sequence",
    );
    const idsIn = (text: string) => (JSON.parse(text) as [string][]).map(([id]) => id);
    expect(seals.map((seal) => [seal.sequence, idsIn(seal.events).length])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 1],
      [1, 1],
    ]);
    expect(seals.slice(0, 3).flatMap(({ events }) => idsIn(events))).toEqual(ids);
    expect(idsIn(seals.at(-1)?.events ?? "")).toEqual(others);
  });

  it("reaches what was written late, under an id of long ago", async () => {
    await happen(2);
    await sealEvents();
    await env.DB.exec(
      `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
       VALUES ('00000000-late', '${DEFAULT_TENANT_ID}', 'signed-in', '', 'a', '', ${Date.now()})`.replaceAll(
        "\n",
        " ",
      ),
    );
    expect((await sealEvents()).sealed).toBe(1);
    expect(await verify()).toContain("is whole: 3 events under 2 seals");
  });

  it("is done by one of any that do it at once", async (test) => {
    await happen(3);
    const runs = await Promise.all(Array.from({ length: 10 }, () => sealEvents()));
    countFigure(test, "parallel requests", 10);
    expect(runs.reduce((sum, { sealed }) => sum + sealed, 0)).toBe(3);
    expect(await verify()).toContain("is whole: 3 events under 1 seal.");
  });

  it("is bounded, and goes on with the next run", async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6500)
       INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
       SELECT printf('%08x', i), ?, 'signed-in', '', 'a', '', ? FROM n`,
    )
      .bind(DEFAULT_TENANT_ID, Date.now())
      .run();
    expect(await sealEvents()).toMatchObject({ sealed: 6000, hasMore: true });
    expect(await sealEvents()).toMatchObject({ sealed: 500, hasMore: false });
    expect(await sealEvents()).toEqual({ sealed: 0, heads: [], hasMore: false });
    expect(await verify()).toContain("is whole: 6500 events under 7 seals");
  });

  it("goes on in a database that was restored, whose rows have other numbers", async () => {
    await sealedThrice();
    await tamper(
      "UPDATE audit_events SET rowid = -rowid",
      "UPDATE audit_events SET rowid = rowid + 99",
    );
    await tamper("UPDATE audit_events SET rowid = 1000 - rowid");
    await happen(1);
    expect((await sealEvents()).sealed).toBe(1);
    expect(await verify()).toContain("is whole: 7 events under 4 seals");
  });

  it("tells the heads of the chains in the log, and nothing where nothing happened", async () => {
    await signedIn(startService());
    const log = logLines();

    await runMinutely();
    await runMinutely();

    const [line, ...rest] = log.parsed();
    expect(rest).toEqual([]);
    expect(line).toEqual({
      level: "info",
      sealed_audit_events: expect.any(Number),
      heads: [
        {
          tenantId: DEFAULT_TENANT_ID,
          sequence: 1,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      more_to_seal: false,
    });
  });
});

describe("audit verify", () => {
  it("says that the log is whole, what is not sealed yet, and where the chain ends", async () => {
    expect(await verify()).toContain("Nothing is sealed yet");
    await sealedThrice();
    await happen(1);

    const said = await verify();

    expect(said).toContain("is whole: 6 events under 3 seals");
    expect(said).toContain("Not sealed yet: 1 event.");
    expect(said).toContain("On your machine nothing is sealed by itself: curl minute while");
    const head = headIn(said);
    expect(await verify(head)).toContain("is whole");
  });

  const event = (index: number) =>
    `id = (SELECT id FROM audit_events ORDER BY id LIMIT 1 OFFSET ${index})`;

  it.each([
    [
      "an event that was altered",
      [`UPDATE audit_events SET address = '' WHERE ${event(3)}`],
      /^The event \S+ of seal 2 was altered\.$/,
    ],
    [
      "whose client was filled in",
      [`UPDATE audit_events SET client_id = '' WHERE ${event(3)}`],
      /^The event \S+ of seal 2 was altered\.$/,
    ],
    [
      "an event that was removed",
      [`DELETE FROM audit_events WHERE ${event(0)}`],
      /^The event \S+ of seal 1 is gone\.$/,
    ],
    [
      "an event that was put among the others",
      [
        `INSERT INTO audit_events (rowid, id, tenant_id, event, actor_id, account_id, address, at)
         SELECT min(rowid) - 1, '01', tenant_id, 'signed-in', '', 'a', '', at FROM audit_events`,
      ],
      /^The event 01 was put among others that are sealed\.$/,
    ],
    [
      "a seal that was removed",
      ["DELETE FROM audit_seals WHERE sequence = 2"],
      /^The seals from 2 to 2 are gone\.$/m,
    ],
    [
      "the first seal gone with its events",
      [
        "DELETE FROM audit_seals WHERE sequence = 1",
        `DELETE FROM audit_events WHERE ${event(0)} OR ${event(1)}`,
      ],
      /^The seals from 1 to 1 are gone\.$/,
    ],
    [
      "a seal that was altered",
      ["UPDATE audit_seals SET sealed_at = sealed_at - 1 WHERE sequence = 2"],
      /^Seal 2 does not match/,
    ],
    [
      "an event and its digest in the seal",
      [`UPDATE audit_seals SET events = replace(events, '["', '["x') WHERE sequence = 2`],
      /^The list of events of seal 2 was altered\.$/m,
    ],
    [
      "events that were removed as if by age",
      [
        "UPDATE audit_seals SET events = NULL WHERE sequence = 1",
        `DELETE FROM audit_events WHERE ${event(0)} OR ${event(1)}`,
      ],
      /^The events of seal 1 were removed before their time\.$/,
    ],
    [
      "a mark that was moved on",
      [
        `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at) VALUES ('02', '${DEFAULT_TENANT_ID}', 'signed-in', '', 'a', '', 1)`,
        "UPDATE marks SET mark = (SELECT max(rowid) FROM audit_events) || ' 02' WHERE name = 'audit-seals'",
      ],
      /^The event 02 was put among others/,
    ],
  ])("finds %s", async (_, statements, finding) => {
    await sealedThrice();
    await tamper(...statements);

    const [headline, ...findings] = (await verify()).split("\n");

    expect(headline).toBe("The audit log of the tenant default is not what was sealed.");
    expect(findings.join("\n")).toMatch(finding);
  });

  it("finds a tail that was cut off, and a chain that was made anew, by a head kept elsewhere", async () => {
    await sealedThrice();
    const head = headIn(await verify());
    await tamper(
      `DELETE FROM audit_events WHERE ${event(4)} OR ${event(5)}`,
      "DELETE FROM audit_seals WHERE sequence = 3",
      "UPDATE marks SET mark = (SELECT rowid || ' ' || id FROM audit_events ORDER BY rowid DESC LIMIT 1)",
    );
    expect(await verify()).toContain("is whole");
    expect(await verify(head)).toContain("The chain ends at seal 2: those up to 3");

    await happen(2);
    await sealEvents();
    expect(await verify()).toContain("is whole");
    expect(await verify(head)).toContain("Seal 3 has another digest than the one you kept.");
  });

  it("holds after old events were purged, seal by seal, and the newest stay", async () => {
    await sealedThrice();
    const db = openDatabase(env.DB);
    passSeconds(31 * DAY_SECONDS);
    await purgeEvents(db, new Date(), new Date()).step();
    expect((await all("SELECT 1 FROM audit_events")).length).toBe(2);
    const said = await verify();
    expect(said).toContain("is whole: 2 events under 3 seals");
    expect(said).toContain("the events of 2 seals");

    await happen(1);
    await sealEvents();
    await purgeEvents(db, new Date(), new Date()).step();
    expect(await verify()).toContain("is whole: 1 event under 4 seals");
  });

  it("does not hold where newer ones were removed than any setting lets go", async () => {
    await sealedThrice();
    passSeconds(29 * DAY_SECONDS);
    await purgeEvents(openDatabase(env.DB), new Date(), new Date()).step();

    expect(await verify()).toContain("The events of seal 1 were removed before their time.");
  });
});

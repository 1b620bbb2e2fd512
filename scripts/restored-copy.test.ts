import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { sha256Hex } from "../src/bytes/sha-256-hex.ts";
import { eventsText, eventText, sealText } from "../src/core/audit/chain.ts";
import { DEFAULT_TENANT_ID } from "../src/core/tenant/tenant.ts";
import { auditEventOf } from "./admin/audit-event-of.ts";
import { tellDeed } from "./admin/tell-event.ts";
import { exitCode } from "./dev/exit-code.ts";
import { insertSuperadmin } from "./insert-superadmin.ts";
import { projectFolder } from "./project-folder.ts";
import { Sql, sql } from "./sql.ts";
import { type MemoryDatabase, schemaInMemory } from "./test-support/schema-in-memory.ts";
import { wranglerOutput } from "./wrangler-output.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-restored-copy-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const copy = join(folder, "latchkey.sql");
const { signal } = new AbortController();

/** The manual's own commands, in its order, as they are about a local database. */
const manual = readFileSync(join(projectFolder, "docs/operating.md"), "utf8");
const [, section = ""] = manual.split("\n## Bringing back a copy of your own\n");
const [, block = ""] = /```sh\n(.*?)```/s.exec(section) ?? [];
const commands = block.split("\n").map((line) => line.replace(/\s+#.*/, "").trim());
const exported = /`(npx wrangler d1 export [^`]+)`/.exec(manual)?.[1] ?? "";

/** A place with a database of its own, as Wrangler keeps it beside its file. */
function place(name: string): { config: string; state: string } {
  const home = join(folder, name);
  mkdirSync(home);
  const config = join(home, "wrangler.toml");
  const own = readFileSync(join(projectFolder, "wrangler.toml"), "utf8")
    .replace(
      'main = "src/index.ts"',
      `main = ${JSON.stringify(join(projectFolder, "src/index.ts"))}`,
    )
    .replaceAll(
      'migrations_dir = "drizzle"',
      `migrations_dir = ${JSON.stringify(join(projectFolder, "drizzle"))}`,
    );
  writeFileSync(config, own);
  return { config, state: join(home, ".wrangler", "state") };
}

/** Runs one of them on the database of this machine. */
async function wrangler(config: string, command: string, ...more: string[]): Promise<string> {
  const args = command
    .replace(/^npx wrangler /, "")
    .replace("--remote", "--local")
    .split(" ")
    .map((arg) => (arg === "latchkey.sql" ? copy : arg));
  const where = ["--config", config, "--env="];
  const { output, errors, code } = await wranglerOutput([...args, ...more, ...where], signal);
  assert.equal(code, 0, output + errors);
  return output;
}

/** What a day leaves: a superadmin, and two events under a seal as the Worker makes it. */
async function aDay(): Promise<Sql[]> {
  const ada = { tenantSlug: "default", email: "ada@acme.test", passwordHash: null };
  const deeds = ["registration closed", "registration opened"].map((subject) =>
    tellDeed("tenant-changed", { target: "tenant:default", subject }),
  );
  const database = schemaInMemory();
  database.run([...Object.values(insertSuperadmin(ada)), ...deeds]);
  const now = new Date();
  const rows = database.rows("SELECT rowid AS row, * FROM audit_events ORDER BY rowid");
  const events = await Promise.all(
    rows.map(auditEventOf).map(async (it) => [it.id, await sha256Hex(eventText(it))] as const),
  );
  const list = eventsText(events);
  const seal = {
    ...{ tenantId: DEFAULT_TENANT_ID, sequence: 1, count: events.length },
    ...{ eventsDigest: await sha256Hex(list), until: now, sealedAt: now },
  };
  const mark = `${rows.at(-1)?.["row"]} ${rows.at(-1)?.["id"]}`;
  return [
    ...["accounts", "passwords", "audit_events"].flatMap((table) => rowsOf(database, table)),
    sql`INSERT INTO audit_seals
        (tenant_id, sequence, events, events_digest, count, until, sealed_at, digest)
      VALUES (${seal.tenantId}, 1, ${list}, ${seal.eventsDigest}, ${seal.count}, ${now}, ${now},
        ${await sha256Hex(sealText("", seal))})`,
    sql`INSERT INTO marks (name, mark, at) VALUES ('audit-seals', ${mark}, ${now})`,
  ];
}

/** Statements that write the rows of a table as they are: ids and times are the database's. */
function rowsOf(database: MemoryDatabase, table: string): Sql[] {
  return database.rows(`SELECT * FROM ${table} ORDER BY rowid`).map((row) => {
    const values = Object.values(row).map((value) => sql`${value}`.text);
    return new Sql(`INSERT INTO ${table} VALUES (${values.join(", ")})`);
  });
}

test("a copy of one's own comes back by the commands of docs/operating.md, and its audit log is whole", async () => {
  const [create = "", execute = "", migrate = "", verify = "", deploy] = commands;
  assert.match(create, /^npx wrangler d1 create /);
  assert.equal(deploy, "npm run deploy");

  const before = place("before");
  await wrangler(before.config, "d1 migrations apply DB --local");
  const day = join(folder, "day.sql");
  writeFileSync(day, (await aDay()).map(({ text: statement }) => statement).join(";\n"));
  await wrangler(before.config, "d1 execute DB --local --file", day);
  await wrangler(before.config, exported);

  const restored = place("restored");
  await wrangler(restored.config, execute);
  assert.match(await wrangler(restored.config, migrate), /No migrations to apply/);
  const said = await admin(verify, restored.state);
  assert.match(said, /of the tenant default is whole: 2 events under 1 seal\./);
  const people = ["--json", "--command", "SELECT email, role FROM accounts"];
  const answer = await wrangler(restored.config, "d1 execute DB --local", ...people);
  assert.match(answer, /"email": "ada@acme\.test",\s+"role": "superadmin"/);
});

async function admin(command: string, state: string): Promise<string> {
  const args = command
    .replace(/^npm run admin -- /, "")
    .replace("--remote", `--persist-to ${state}`)
    .split(" ");
  const child = spawn(process.execPath, ["scripts/admin.ts", ...args], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitCode(child),
  ]);
  assert.equal(code, 0, out + errors);
  return out;
}

import { env } from "cloudflare:workers";
import { getTableName, is, ne, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { StoredSigningKey } from "../../../src/core/ports.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import * as schema from "../../../src/storage/d1/schema.ts";
import { MAKE_REMOVABLE } from "../../support/removable-events.ts";
import { redact } from "./redact.ts";
import type { Scene } from "./scene.ts";

type Row = Record<string, unknown>;
/**
 * Every row of every table by its number, every key of KV, every mail that was ordered or sent, and of
 * webhooks every turn that was ordered and every event that was heard.
 */
export interface State {
  rows: ReadonlyMap<string, Row>;
  keys: ReadonlySet<string>;
  orders: readonly string[];
  sent: readonly string[];
  turns: readonly string[];
  heard: readonly string[];
}

/** How one state differs from another: a line for each of these, with what is new by its form. */
export interface Changes {
  /** What a request promises. */
  core: readonly string[];
  /** What goes on beside the answer, and is logged where it fails: events, notices, tidying up. */
  beside: readonly string[];
}

const db = openDatabase(env.DB);

const tables = Object.values(schema)
  .filter((table) => is(table, SQLiteTable))
  .map((table) => getTableName(table));

/** What an operator set up. */
const SET_UP = ["tenants", "clients", "front_ends"];

/** Nobody there and nothing pending, but for what an operator set up and these signing keys. */
export async function emptyStores(keys: readonly StoredSigningKey[]): Promise<void> {
  const emptied = tables.filter((table) => !SET_UP.includes(table));
  await db.batch([
    db.delete(schema.tenants).where(ne(schema.tenants.id, DEFAULT_TENANT_ID)),
    ...MAKE_REMOVABLE.map((statement) => db.run(sql.raw(statement))),
    ...emptied.map((table) => db.run(sql.raw(`DELETE FROM ${table}`))),
    db.insert(schema.signingKeys).values([...keys]),
  ]);
  const { keys: names } = await env.CODES.list();
  await Promise.all(names.map(({ name }) => env.CODES.delete(name)));
}

export async function look({ service, turns, heard }: Scene): Promise<State> {
  const { orders, sent } = service;
  const [found, { keys }] = await Promise.all([
    env.DB.batch<Row>(
      tables.map((table) => env.DB.prepare(`SELECT rowid AS "#", * FROM ${table}`)),
    ),
    env.CODES.list(),
  ]);
  const rows = found.flatMap(({ results }, index) =>
    results.map(({ "#": number, ...row }) => [`${tables[index]} ${number}`, row] as const),
  );
  return {
    rows: new Map(rows),
    keys: new Set(keys.map(({ name }) => name)),
    orders: orders.map(({ kind, email }) => `order ${kind} ${email}`),
    sent: sent.map(({ subject, to }) => `mail ${subject} ${to}`),
    turns: turns.orders.map(({ webhookId }) => `order turn ${webhookId}`),
    heard: heard.map((event) => `heard ${event}`),
  };
}

export function changesOf(before: State, after: State): Changes {
  const lines = [
    ...rowChanges(before, after),
    ...[...after.keys].filter((key) => !before.keys.has(key)).map((key) => `+ key ${purpose(key)}`),
    ...[...before.keys].filter((key) => !after.keys.has(key)).map((key) => `- key ${purpose(key)}`),
    ...after.orders.slice(before.orders.length),
    ...after.sent.slice(before.sent.length),
    ...after.turns.slice(before.turns.length),
    ...after.heard.slice(before.heard.length),
  ];
  const said = lines.map((line) => String(redact(line))).sort();
  return {
    core: said.filter((line) => !isBeside(line)),
    beside: said.filter(isBeside),
  };
}

/**
 * When a session or key was last used is brought up to date when there is time for it; when a link was
 * last mailed also moves where an address is taken, so that a write is committed. When a webhook that
 * failed is tried again stands there long after it was.
 */
const BY_THE_WAY = ["last_used_at", "linked_at", "retry_at"];

function rowChanges({ rows: before }: State, { rows: after }: State): string[] {
  const added = [...after].filter(([id]) => !before.has(id));
  const removed = [...before].filter(([id]) => !after.has(id));
  const changed = [...before].flatMap(([id, row]) => {
    const now = after.get(id);
    const columns = Object.keys(row).filter(
      (column) => now && now[column] !== row[column] && !BY_THE_WAY.includes(column),
    );
    const changes = columns.map((column) => `${column}: ${row[column]} > ${now?.[column]}`);
    return changes.length > 0 ? [`~ ${tableOf(id)} ${changes.join(", ")}`] : [];
  });
  return [
    ...added.map(([id, row]) => `+ ${tableOf(id)} ${inWords(row)}`),
    ...removed.map(([id, row]) => `- ${tableOf(id)} ${inWords(row)}`),
    ...changed,
  ];
}

function tableOf(id: string): string {
  return id.slice(0, id.indexOf(" "));
}

function inWords(row: Row): string {
  return Object.entries(row)
    .map(([column, value]) => `${column}: ${value}`)
    .join(", ");
}

function purpose(key: string): string {
  return key.slice(0, key.indexOf(":"));
}

/** Events that the write which they tell of writes down itself. */
const WRITTEN_WITH_IT =
  /event: (signed-in|impersonation|address-verified|(refresh-token|authorization-code)-replayed|account-(secured|made|created|disabled|enabled|changed|removed)|role-changed|sessions-ended-by-admin|second-factor-removed|recovery-codes-replaced|key-revoked|client-[\w-]+|webhook-[\w-]+|tenant-(created|changed)),/;
/** Written where an address is taken, so that it costs what a free one does: no link has its number. */
const WITHOUT_LINK = /^\+ address_proofs .*link_number: 0,/;
const NOTICES =
  /^order (account-made|password-changed|email-change-requested|email-changed|second-factor-on|second-factor-off|recovery-codes-replaced|passkey-added|passkey-removed|key-made|key-deleted|device-approved) /;

function isBeside(line: string): boolean {
  const isEvent = line.startsWith("+ audit_events ") && !WRITTEN_WITH_IT.test(line);
  // A link that was drawn for a letter which was not sent is known to nobody.
  return isEvent || WITHOUT_LINK.test(line) || NOTICES.test(line) || /^[+-] key /.test(line);
}

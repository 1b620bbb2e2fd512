import { env } from "cloudflare:workers";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { type SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import * as schema from "../../src/storage/d1/schema.ts";

/** What an operator enters, and what is as many for few people as for many. */
const NOT_PEOPLE: readonly SQLiteTable[] = [
  schema.tenants,
  schema.clients,
  schema.frontEnds,
  schema.signingKeys,
  schema.marks,
  schema.webhooks,
];

const crowded = Object.values(schema)
  .filter((table) => is(table, SQLiteTable))
  .filter((table) => !NOT_PEOPLE.includes(table));

/** So many more accounts of the default tenant, each with one row of everything there is. */
export async function crowd(count: number): Promise<void> {
  await env.DB.batch(crowded.map((table) => env.DB.prepare(rowsOf(table, count))));
}

function rowsOf(table: SQLiteTable, count: number): string {
  const columns = Object.values(getTableColumns(table)).filter(({ notNull }) => notNull);
  const names = columns.map(({ name }) => name).join(", ");
  return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO ${getTableName(table)} (${names})
    SELECT ${columns.map((column) => expressionFor(table, column)).join(", ")} FROM n`;
}

/** What nobody asks for, but for the tenant and the kind: what is found by these is found among many. */
function expressionFor(table: SQLiteTable, { name, dataType }: SQLiteColumn): string {
  const isOfAccount = name === "account_id" || (name === "id" && table === schema.accounts);
  const values: Record<string, string> = {
    tenant_id: `'${DEFAULT_TENANT_ID}'`,
    kind: "'api'",
    event: "'signed-in'",
    role: "'user'",
    sequence: "i",
  };
  if (isOfAccount) {
    return "printf('%08x-0000-7000-8000-000000000000', i)";
  }
  if (dataType === "date") {
    return String(Date.now());
  }
  if (dataType === "json") {
    return "'[]'";
  }
  return values[name] ?? (dataType === "string" ? "lower(hex(randomblob(16)))" : "0");
}

import { getTableColumns, is, SQL, sql, type Table } from "drizzle-orm";

/**
 * A row as the list of a SELECT, in the order of its table's columns: for inserts with a condition.
 * What is computed by the store stands in place of the row's own value.
 */
export function valuesOf<T extends Table>(
  table: T,
  row: T["$inferSelect"],
  computed: { [K in keyof T["$inferSelect"]]?: SQL } = {},
): SQL {
  const values = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const key = name as keyof T["$inferSelect"];
    const value = computed[key] ?? row[key];
    return is(value, SQL) ? value : sql.param(value, column);
  });
  return sql.join(values, sql`, `);
}

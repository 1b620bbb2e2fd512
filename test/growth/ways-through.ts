import { env } from "cloudflare:workers";
import { planOf } from "../support/query-plan.ts";

/** Steps that read no table of their own. */
const READS_NOTHING =
  /^(SCAN CONSTANT ROW$|SCAN \(subquery|SCAN \w+ VIRTUAL TABLE|CO-ROUTINE|(CORRELATED )?(SCALAR|LIST) SUBQUERY|MULTI-INDEX OR$|COMPOUND QUERY$|LEFT-MOST SUBQUERY$|UNION ALL$|INDEX \d+$)/;
const SEARCH = /^SEARCH \w+ (?:EXISTS )?USING (?:COVERING )?INDEX (\w+) \((.*)\)/;
const ONE_BY_ROWID = / USING INTEGER PRIMARY KEY \(rowid=\?\)/;

/** The columns of each index under which there is one row at most. */
export type UniqueIndexes = ReadonlyMap<string, string>;

export async function uniqueIndexes(): Promise<UniqueIndexes> {
  const { results } = await env.DB.prepare(
    `SELECT list.name AS name, group_concat(info.name || '=?', ' AND ') AS columns
     FROM sqlite_master AS t, pragma_index_list(t.name) AS list, pragma_index_info(list.name) AS info
     WHERE t.type = 'table' AND t.name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND list."unique" = 1
     GROUP BY list.name`,
  ).all<{ name: string; columns: string }>();
  return new Map(results.map(({ name, columns }) => [name, columns]));
}

/**
 * The ways in which a statement may meet more than one row, as SQLite's plan says: tables that it reads
 * through, indexes of which it reads a part, and what it sorts by itself.
 */
export async function waysThrough(statement: string, unique: UniqueIndexes): Promise<string[]> {
  const ways: string[] = [];
  for (const step of await planOf(statement)) {
    const [, index = "", found = ""] = step.match(SEARCH) ?? [];
    if (READS_NOTHING.test(step) || ONE_BY_ROWID.test(step) || unique.get(index) === found) {
      continue;
    }
    if (index) {
      ways.push(`${index} (${found})`);
    } else {
      ways.push(step.startsWith("USE TEMP B-TREE") ? `${step}: ${firstTable(statement)}` : step);
    }
  }
  return ways;
}

function firstTable(statement: string): string | undefined {
  return statement.match(/(?:from|update|into) "(\w+)"/i)?.[1];
}

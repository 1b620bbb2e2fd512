/** A statement that a Worker of before may not survive, and what is wrong with it. */
export interface Breaking {
  statement: string;
  because: string;
}

/** What takes away or refuses what a Worker of before relies on. A new table's own are nobody's business. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^DROP (?:TABLE|VIEW)\b/i, "drops what it may read"],
  [/^ALTER TABLE \S+ DROP\b/i, "drops a column that it may read or write"],
  [/^ALTER TABLE \S+ RENAME\b/i, "renames what it knows by the old name"],
  [
    /^ALTER TABLE \S+ ADD\b(?=.*\bNOT NULL\b)(?!.*\bDEFAULT\b)/is,
    "adds a column that it does not fill",
  ],
  [/^CREATE UNIQUE INDEX\b.*?\bON [`"]?(\w+)/is, "may refuse a row that it writes"],
  [/^CREATE TRIGGER\b.*?\bON [`"]?(\w+)/is, "may refuse or change what it writes"],
  [/^DELETE FROM\b/i, "removes rows that it may read"],
];

/** The line that says why a statement may stand all the same, and since which release. */
const MARK = /^-- after (\d+\.\d+\.\d+): \S/m;

/**
 * Statements of migrations that are more than an expansion, and are not marked as the step that comes
 * after a release. `tables` are those that no release knows.
 */
export function breakingStatements(
  migration: string,
  { tables, released }: { tables: ReadonlySet<string>; released: readonly string[] },
): Breaking[] {
  return migration.split("--> statement-breakpoint").flatMap((part) => {
    const after = MARK.exec(part)?.[1];
    const statement = part.replaceAll(/^--.*$/gm, "").trim();
    const broken = RULES.find(([rule]) => {
      const match = rule.exec(statement);
      return match !== null && !tables.has(match[1] ?? "");
    });
    if (!broken || (after !== undefined && released.includes(after))) {
      return [];
    }
    return [{ statement, because: broken[1] }];
  });
}

/** The tables that migrations make. */
export function tablesMadeIn(migrations: readonly string[]): Set<string> {
  const made = migrations.flatMap((migration) => [
    ...migration.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?[`"]?(\w+)/gim),
  ]);
  return new Set(made.map(([, name = ""]) => name));
}

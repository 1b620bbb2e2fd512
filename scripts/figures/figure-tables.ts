/** A test that counts what it does, as vitest's JSON reporter has it. */
export interface CountedTest {
  /** Within `test/`, without its ending. */
  file: string;
  ancestorTitles: readonly string[];
  title: string;
  status: string;
  meta: { figures?: Figures };
}

type Figures = Readonly<Record<string, number>>;

/** What a group of tests counted. */
export interface GroupFigures {
  /** Within `test/`, without its ending. */
  file: string;
  group: string;
  figures: Figures;
}

/** What a run of the tests counted, added up for each group. Tests that failed have nothing to say. */
export function groupFigures(tests: readonly CountedTest[]): GroupFigures[] {
  const groups = new Map<string, GroupFigures>();
  for (const { file, ancestorTitles, title, status, meta } of tests) {
    if (meta.figures && status === "passed") {
      const group = ancestorTitles.join(" › ") || title;
      const before = groups.get(`${file} ${group}`)?.figures ?? {};
      groups.set(`${file} ${group}`, { file, group, figures: sum([before, meta.figures]) });
    }
  }
  return [...groups.values()];
}

/** A row for each file of tests. Groups that count the same share a table. */
export function figureTables(groups: readonly GroupFigures[]): string {
  const byHead = Map.groupBy(groups, ({ figures }) => Object.keys(figures).sort().join(" | "));
  return [...byHead]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([head, rows]) => figureTable(head.split(" | "), rows))
    .join("\n");
}

function sum(all: readonly Figures[]): Figures {
  const total: Record<string, number> = {};
  for (const [name, count] of all.flatMap(Object.entries<number>)) {
    total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

function figureTable(names: readonly string[], groups: readonly GroupFigures[]): string {
  const row = (name: string, of: readonly GroupFigures[]) => {
    const total = sum(of.map(({ figures }) => figures));
    return [name, of.length, ...names.map((figure) => total[figure] ?? 0)];
  };
  const byFile = Map.groupBy(groups, ({ file }) => file);
  const lines = [
    ["tests", "groups", ...names],
    ["---", "---:", ...names.map(() => "---:")],
    ...[...byFile]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([file, of]) => row(`\`${file}\``, of)),
    row("**together**", groups),
  ];
  return `${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`;
}

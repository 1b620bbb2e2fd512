import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GroupFigures } from "../scripts/figures/figure-tables.ts";
import { figures } from "../scripts/figures.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { report } from "./cost/report.ts";
import type { Results } from "./cost/results.ts";
import { scalingReport } from "./cost/scaling-report.ts";
import { curve } from "./growth/curve.ts";
import { growthPage } from "./growth/growth-page.ts";
import type { GrowthResult } from "./growth/result.ts";
import { asPage as importPage } from "./import/tables.ts";
import { putBetween } from "./put-between.ts";
import { readBudget } from "./size/budget.ts";
import { type SizeReport, sizeTables } from "./size/report.ts";
import { chart } from "./speed/chart.ts";
import { drawnRatios } from "./speed/drawn-ratios.ts";
import { asPage as speedPage } from "./speed/page.ts";
import type { SpeedResult } from "./speed/result.ts";
import { asPage as stormPage } from "./storm/tables.ts";

/** What a file in docs/ has of figures that are kept. */
export interface Documented {
  file: string;
  /** Between which marks; null where it is the whole file. */
  block: string | null;
  /** The file of the figures. */
  results: string;
  /** The file with them in it. */
  withFigures(): string;
}

/** Every table and picture that was measured. */
export const documented: readonly Documented[] = [
  told("cost.md", "cost", "cost.json", (results: Results) => report(results)),
  told("scaling.md", "scaling", "cost.json", ({ latchkey }: Results) => scalingReport(latchkey)),
  told("performance.md", "size", "size.json", (size: SizeReport) => sizeTables(size, readBudget())),
  told("performance.md", "speed", "speed.json", speedPage),
  told("performance.md", "storm", "storm.json", stormPage),
  told("performance.md", "growth", "growth.json", growthPage),
  told("moving.md", "import", "import.json", importPage),
  told("security.md", "figures", "tests.json", (all: GroupFigures[]) => figures(all).trimEnd()),
  drawn("performance.svg", "speed.json", ({ works }: SpeedResult) => chart(drawnRatios(works))),
  drawn("growth.svg", "growth.json", ({ sizes }: GrowthResult) => curve(sizes)),
];

function told<Figures>(
  name: string,
  block: string,
  figuresName: string,
  asPage: (figures: Figures) => string,
): Documented {
  const file = `docs/${name}`;
  const results = `bench/results/${figuresName}`;
  const withFigures = () => putBetween(read(file), block, asPage(JSON.parse(read(results))));
  return { file, block, results, withFigures };
}

function drawn<Figures>(
  name: string,
  figuresName: string,
  asPicture: (figures: Figures) => string,
): Documented {
  const results = `bench/results/${figuresName}`;
  const withFigures = () => asPicture(JSON.parse(read(results)));
  return { file: `docs/${name}`, block: null, results, withFigures };
}

function read(path: string): string {
  return readFileSync(join(projectFolder, path), "utf8");
}

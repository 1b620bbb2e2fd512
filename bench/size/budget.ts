import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import type { Bundle } from "./bundle.ts";
import { isPackage, type Share } from "./composition.ts";

export const BUDGET = join("bench", "budget.json");

/** What the bundle may weigh. In bytes, minified unless said otherwise. */
export interface Budget {
  /** Of the whole upload. */
  gzipBytes: number;
  /** Of what an isolate evaluates when it starts. */
  startBytes: number;
  /** Of what waits for somebody to need it. */
  laterBytes: number;
  /** Source files in the bundle. */
  modules: number;
  /** Each package that an isolate evaluates when it starts; no other may be. */
  packagesAtStart: Readonly<Record<string, number>>;
  /** Each package that waits; no other may. */
  packagesLater: Readonly<Record<string, number>>;
}

/** How much our own code may grow before somebody has to look. */
const HEADROOM = 1.05;
const KIB = 1024;

export function readBudget(): Budget {
  return JSON.parse(readFileSync(join(projectFolder, BUDGET), "utf8")) as Budget;
}

export function writeBudget(budget: Budget): void {
  writeFileSync(join(projectFolder, BUDGET), `${JSON.stringify(budget, null, 2)}\n`);
}

/** The budget that this bundle just keeps: its packages to the next KiB, the sums with 5 % to grow. */
export function budgetOf({ gzipBytes, modules, shares }: Bundle): Budget {
  const { startBytes, laterBytes } = sums(shares);
  const [gzip, start, later] = [gzipBytes, startBytes, laterBytes].map((bytes) =>
    wholeKib(bytes * HEADROOM),
  ) as [number, number, number];
  return {
    gzipBytes: gzip,
    startBytes: start,
    laterBytes: later,
    modules: Math.ceil(modules * HEADROOM),
    packagesAtStart: packages(shares, "startBytes"),
    packagesLater: packages(shares, "laterBytes"),
  };
}

/** In words what is over the budget, and what is in the bundle that the budget does not know. */
export function overruns(bundle: Bundle, budget: Budget): string[] {
  const { startBytes, laterBytes } = sums(bundle.shares);
  return [
    ...overrun("the whole, gzipped", bundle.gzipBytes, budget.gzipBytes),
    ...overrun("what is evaluated at the start", startBytes, budget.startBytes),
    ...overrun("what is evaluated later", laterBytes, budget.laterBytes),
    ...overrun("source files", bundle.modules, budget.modules, ""),
    ...packageOverruns(bundle.shares, "startBytes", budget.packagesAtStart, "at the start"),
    ...packageOverruns(bundle.shares, "laterBytes", budget.packagesLater, "later"),
  ];
}

export function sums(shares: readonly Share[]): Pick<Share, "startBytes" | "laterBytes"> {
  return {
    startBytes: shares.reduce((sum, share) => sum + share.startBytes, 0),
    laterBytes: shares.reduce((sum, share) => sum + share.laterBytes, 0),
  };
}

type When = "startBytes" | "laterBytes";

function packages(shares: readonly Share[], when: When): Record<string, number> {
  const present = shares.filter((share) => isPackage(share) && share[when] > 0);
  return Object.fromEntries(
    present
      .map((share) => [share.owner, wholeKib(share[when])] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

function packageOverruns(
  shares: readonly Share[],
  when: When,
  allowed: Readonly<Record<string, number>>,
  word: string,
): string[] {
  return shares
    .filter((share) => isPackage(share) && share[when] > 0)
    .flatMap((share) => {
      const most = allowed[share.owner];
      return most === undefined
        ? [
            `${share.owner} is evaluated ${word}, ${share[when]} bytes of it, and has no budget there`,
          ]
        : overrun(`${share.owner}, evaluated ${word}`, share[when], most);
    });
}

function overrun(what: string, is: number, most: number, unit = " bytes"): string[] {
  return is > most ? [`${what}: ${is}${unit}, and may be ${most}`] : [];
}

function wholeKib(bytes: number): number {
  return Math.ceil(bytes / KIB) * KIB;
}

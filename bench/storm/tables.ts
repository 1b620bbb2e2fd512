import { asMarkdown, asText, type Table } from "../speed/table.ts";
import type { CallFigures, StormResult, VariantResult } from "./result.ts";

/** How refresh and the public keys were answered, alone and in the storm, by each variant. */
export function callTable(variants: readonly VariantResult[]): Table {
  return [
    ["", "", "", "answers", "answers/s", "median", "p99", "p99 of rounds", "longest"],
    ...variants.flatMap(({ variant, quiet, storm }) => [
      callRow(variant, "refresh", "no storm", quiet.refresh),
      callRow(variant, "refresh", "storm", storm.refresh),
      callRow(variant, "JWKS", "no storm", quiet.publicKeys),
      callRow(variant, "JWKS", "storm", storm.publicKeys),
    ]),
  ];
}

function callRow(variant: string, what: string, when: string, figures: CallFigures): string[] {
  const { answers, answersPerSecond, medianMs, p99Ms, p99OfRounds, maxMs } = figures;
  return [
    ...[variant, what, when, `${answers}`, `${answersPerSecond}`],
    ...[medianMs, p99Ms].map(inMs),
    p99OfRounds ? `${p99OfRounds.least}–${p99OfRounds.most} ms` : "–",
    inMs(maxMs),
  ];
}

/** What became of those who signed in. */
export function signInTable(variants: readonly VariantResult[]): Table {
  return [
    ["", "signed in/s", "median", "longest", "503/s", "Retry-After: least, median, most"],
    ...variants.map(({ variant, signIns }) => [
      variant,
      `${signIns.signedInPerSecond}`,
      inMs(signIns.medianMs),
      inMs(signIns.maxMs),
      `${signIns.turnedAwayPerSecond}`,
      retryAfter(signIns.retryAfterSeconds),
    ]),
  ];
}

function retryAfter(told: VariantResult["signIns"]["retryAfterSeconds"]): string {
  return told ? `${told.least}, ${told.median}, ${told.most} s` : "–";
}

/** Of a crowd that comes at once and does as it is told, in all rounds together. */
export function returnTable(variants: readonly VariantResult[]): Table {
  return [
    ["", "came", "in at once", "in after one return", "in", "until the last is in, at most"],
    ...variants.map(({ variant, returns }) => [
      variant,
      `${returns.people}`,
      `${returns.inAtOnce}`,
      `${returns.inAfterOneReturn}`,
      `${returns.in}`,
      `${returns.seconds} s`,
    ]),
  ];
}

function inMs(milliseconds: number | null): string {
  return milliseconds === null ? "–" : `${milliseconds} ms`;
}

export function goalLine({ goal, variants }: Pick<StormResult, "goal" | "variants">): string {
  const verdict = goal.reached ? "reached" : "not reached";
  const nobodyWaits = `no request timed out in ${variants.length === 1 ? "it" : "any variant"}`;
  return `Goal, p99 of refresh and JWKS in the storm under ${goal.p99Ms} ms as it is: ${verdict}; ${nobodyWaits}.`;
}

/** What the gate and giving way cost those who sign in: nothing is said where there is nothing beside it. */
export function priceLine({
  connections,
  variants,
}: Pick<StormResult, "connections" | "variants">): string[] {
  const each = (figure: (one: VariantResult) => string) =>
    variants.map((one) => `${figure(one)} ${one.variant}`).join(", ");
  const perSecond = each(({ signIns }) => `${signIns.signedInPerSecond}`);
  const seconds = each(({ returns }) => `${returns.seconds} s`);
  return variants.length === 1
    ? []
    : [
        `The price of it, in people signed in a second: ${perSecond}. And until the last of ${connections} who came at once is in: ${seconds}.`,
      ];
}

/** For a terminal. */
export function asReport(result: StormResult): string {
  return [...tables(result).map(asText), ...priceLine(result), goalLine(result)].join("\n\n");
}

/** For docs/performance.md. */
export function asPage(result: StormResult): string {
  const { date, machine, load, rounds = 1, seconds, connections } = result;
  const { processor, cores, workerd } = machine;
  return [
    `Measured on ${date} with ${processor}, ${cores} cores, workerd ${workerd}: ${connections} connections that sign in, ${seconds} s each in ${rounds} rounds. Load average of the machine ${load.before} before and ${load.after} after.`,
    ...tables(result).map(asMarkdown),
    ...priceLine(result),
    goalLine(result),
  ].join("\n\n");
}

function tables({ variants }: StormResult): Table[] {
  return [callTable(variants), signInTable(variants), returnTable(variants)];
}

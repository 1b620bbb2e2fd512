import { median, quantile } from "../enumeration/statistics.ts";
import type { Measurement } from "../running/load/run-phase.ts";
import type { Figures, Ratio, WorkResult } from "./result.ts";
import type { Goal, Work } from "./works.ts";

/** What each contender did in each round, by its name. */
export type Rounds = ReadonlyMap<string, readonly Measurement[]>;

/** Figures of every contender, and ratios of ours to the others, round by round. */
export function summarise(work: Work, rounds: Rounds): WorkResult {
  const { name, ours, beside, goals, apart = [] } = work;
  const areCompared = (own: string, other: string) =>
    !apart.some(([one, another]) => one === own && another === other);
  return {
    work: name,
    figures: [...rounds].map(([contender, measured]) => figures(contender, measured)),
    ratios: ours.flatMap((own) =>
      beside
        .filter((other) => areCompared(own, other))
        .map((other) => ratio(own, other, rounds, goals)),
    ),
  };
}

function figures(contender: string, rounds: readonly Measurement[]): Figures {
  const latencies = rounds.flatMap((round) => round.latencies);
  const requests = sum(rounds.map((round) => round.requests));
  const cpu = rounds.map((round) => round.cpuMilliseconds);
  return {
    contender,
    requestsPerSecond: rounded(median(rounds.map(rate))),
    medianMs: rounded(median(latencies)),
    p99Ms: rounded(quantile(latencies, 0.99)),
    cpuMsPerRequest: cpu.includes(null) ? null : rounded(sum(cpu.map(Number)) / requests),
    senderBusy: rounded(Math.max(...rounds.map((round) => round.senderBusy))),
    secondsOfRound: rounded(median(rounds.map(({ milliseconds }) => milliseconds / 1000))),
  };
}

function ratio(ours: string, beside: string, rounds: Rounds, goals: readonly Goal[]): Ratio {
  const others = rounds.get(beside) ?? [];
  const ratios = (rounds.get(ours) ?? []).map(
    (round, number) => rate(round) / rate(others[number] as Measurement),
  );
  const goal = goals.find((one) => one.ours === ours && one.beside === beside)?.least ?? null;
  const middle = median(ratios);
  return {
    ours,
    beside,
    median: rounded(middle),
    least: rounded(Math.min(...ratios)),
    most: rounded(Math.max(...ratios)),
    goal,
    reached: goal === null ? null : middle >= goal,
  };
}

function rate({ requests, milliseconds }: Measurement): number {
  return (requests / milliseconds) * 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** To three digits that say something. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

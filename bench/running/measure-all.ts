import { say } from "../../scripts/say.ts";
import type { WorkResult } from "../speed/result.ts";
import { type Rounds, summarise } from "../speed/summarise.ts";
import { asText, figureTable, otherTimes, ratioTable } from "../speed/table.ts";
import type { Work } from "../speed/works.ts";
import { contenders } from "./contenders/index.ts";
import { startSender } from "./load/sender.ts";
import { measure, type Pace, secondsOf } from "./measure.ts";
import { startServices } from "./services.ts";

/** Measures one piece of work after the other, and says what came out. */
export async function measureAll(
  works: readonly Work[],
  pace: Pace,
  stop: AbortSignal,
): Promise<WorkResult[]> {
  const results: WorkResult[] = [];
  for (const work of works) {
    const measured = summarise(work, await measureAfresh(work, pace, stop));
    const result = { ...measured, seconds: secondsOf(work, pace) };
    report(result);
    results.push(result);
  }
  return results;
}

/**
 * Starts what the work needs, a sender that holds nothing of theirs among it, and ends it after: what
 * one piece of work leaves behind, such as thousands of objects that are awake, is no part of the next.
 */
async function measureAfresh(work: Work, pace: Pace, stop: AbortSignal): Promise<Rounds> {
  const names = [...work.ours, ...work.beside];
  const needed = new Set(names.map((name) => contenders[name].service));
  say(`\nStarting ${[...needed].join(", ")} …`);
  const services = await startServices([...needed], stop);
  const sender = startSender();
  try {
    return await measure(work, pace, { services, sender, stop });
  } finally {
    await sender.stop();
    await services.stop();
  }
}

/** The sender's part of a round from which it may be what was measured. */
const BUSY = 0.9;

function report(result: WorkResult): void {
  const parts = [asText(figureTable(result)), ...otherTimes(result), asText(ratioTable(result))];
  say(`\n${[result.work, ...parts].join("\n\n")}`);
  const busy = result.figures.filter(({ senderBusy }) => senderBusy > BUSY);
  if (busy.length > 0) {
    say(`\nThe sender could not keep up with ${busy.map((one) => one.contender).join(", ")}.`);
  }
}

import type { SpeedResult } from "./result.ts";
import { asMarkdown, figureTable, otherTimes, ratioTable } from "./table.ts";

/** What a run has measured, for people to read. */
export function asPage({
  date,
  machine,
  peers,
  rounds,
  seconds,
  connections,
  works,
}: SpeedResult): string {
  const { processor, cores, platform, node, workerd } = machine;
  const beside = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${processor}, ${cores} cores, ${platform}, workerd ${workerd}, Node ${node}; ${beside.join(", ")}. ${rounds} rounds of ${seconds} s, ${connections} connections.`,
    "![How many times as fast Latchkey is as each peer, and as the floor where that is a goal; the tables below have every figure.](performance.svg)",
    ...works.flatMap((work) => [
      `#### ${capitalised(work.work)}`,
      asMarkdown(figureTable(work)),
      ...otherTimes(work),
      asMarkdown(ratioTable(work)),
    ]),
  ].join("\n\n");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

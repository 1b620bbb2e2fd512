import type { SpeedResult } from "./result.ts";
import { asMarkdown, figureTable, ratioTable } from "./table.ts";

const BETWEEN = /(<!-- speed:.*-->\n)[\s\S]*(<!-- \/speed -->)/;

/** The page, in which what a run has measured stands in the place of what another had. */
export function withResult(page: string, result: SpeedResult): string {
  if (!BETWEEN.test(page)) {
    throw new RangeError("the page has no place for what was measured");
  }
  return page.replace(BETWEEN, (_, begin, end) => `${begin}\n${told(result)}\n${end}`);
}

function told({ date, machine, peers, rounds, seconds, connections, works }: SpeedResult): string {
  const { processor, cores, platform, node, workerd } = machine;
  const beside = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${processor}, ${cores} cores, ${platform}, workerd ${workerd}, Node ${node}; ${beside.join(", ")}. ${rounds} rounds of ${seconds} s, ${connections} connections.`,
    "![How many times as fast Latchkey is; the tables below have every figure.](performance.svg)",
    ...works.flatMap((work) => [
      `#### ${capitalised(work.work)}`,
      asMarkdown(figureTable(work)),
      asMarkdown(ratioTable(work)),
    ]),
    "",
  ].join("\n\n");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

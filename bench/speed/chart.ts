import type { Ratio } from "./result.ts";

const WIDTH = 720;
const LEFT = 12;
/** Leaves room for the figure after the longest bar. */
const RIGHT = 90;
const TOP = 16;
const ROW = 46;
const BAR = 14;

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .bar { fill: #0b7a75; }
    .short { fill: #b35900; }
    .range { stroke: #1f2328; stroke-width: 1.5; }
    .goal { stroke: #1f2328; stroke-width: 2; stroke-dasharray: 3 2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .bar { fill: #3fb8b0; }
      .short { fill: #f0a35e; }
      .range, .goal { stroke: #e6edf3; }
    }`;

/** Ratios as bars: the median, a line from the least to the most, and a dashed one where the goal is. */
export function chart(ratios: readonly Ratio[]): string {
  const most = Math.max(1, ...ratios.flatMap((one) => [one.most, one.goal ?? 0]));
  const x = (value: number) => LEFT + (value / most) * (WIDTH - LEFT - RIGHT);
  const height = TOP + ratios.length * ROW + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">
  <title id="title">How many times as fast Latchkey is as others, and as the floor where that is a goal</title>
  <desc id="desc">${escaped(ratios.map(inWords).join(" "))}</desc>
  <style>${STYLE}
  </style>
${ratios.map((ratio, number) => row(ratio, TOP + number * ROW, x)).join("\n")}
</svg>
`;
}

function inWords({ ours, beside, median, least, most, goal }: Ratio): string {
  const wanted = goal === null ? "" : `, at least ${goal} is wanted`;
  return `${ours} beside ${beside}: ${median} times, from ${least} to ${most}${wanted}.`;
}

function row(ratio: Ratio, top: number, x: (value: number) => number): string {
  const { ours, beside, median, least, most, goal, reached } = ratio;
  const bar = top + 8;
  const middle = bar + BAR / 2;
  const at = (value: number) => x(value).toFixed(1);
  const goalLine =
    goal === null ? "" : line("goal", [at(goal), bar - 3], [at(goal), bar + BAR + 3]);
  return `  <g>
    <text x="${LEFT}" y="${top}">${escaped(`${ours} ÷ ${beside}`)}</text>
    <rect class="${reached === false ? "short" : "bar"}" x="${LEFT}" y="${bar}" width="${(x(median) - LEFT).toFixed(1)}" height="${BAR}"/>
    ${line("range", [at(least), middle], [at(most), middle])}${goalLine}
    <text x="${(x(Math.max(most, goal ?? 0)) + 8).toFixed(1)}" y="${bar + 11}">${median} ×</text>
  </g>`;
}

type Point = readonly [x: string, y: number];

function line(name: string, [x1, y1]: Point, [x2, y2]: Point): string {
  return `<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

import type { SizeResult } from "./result.ts";

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 150;
const TOP = 16;
const BOTTOM = 44;
const NAME_HEIGHT = 14;
/** Told apart by people who do not see all colours, too: each line has a name at its end. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];

/** Medians by the number of accounts, as an SVG picture. Both axes go up by tenfold. */
export function curve(sizes: readonly SizeResult[]): string {
  const medians = sizes.flatMap(({ flows }) => flows.map(({ medianMs }) => medianMs));
  const [bottom, top] = [powerBelow(Math.min(...medians)), -powerBelow(1 / Math.max(...medians))];
  const last = Math.log10(sizes.at(-1)?.accounts ?? 1) || 1;
  const across = (accounts: number) =>
    LEFT + (Math.log10(accounts) / last) * (WIDTH - LEFT - RIGHT);
  const up = (ms: number) =>
    HEIGHT - BOTTOM - ((Math.log10(ms) - bottom) / (top - bottom || 1)) * (HEIGHT - TOP - BOTTOM);
  const rules = Array.from({ length: top - bottom + 1 }, (_, step) => 10 ** (bottom + step));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>Median time by the number of accounts</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...rules.map((ms) => rule(up(ms), `${ms} ms`)),
    ...sizes.map(({ accounts }) => mark(across(accounts), accounts.toLocaleString("en-US"))),
    text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 6, "accounts, each with a session", "middle"),
    ...linesOf(sizes, across, up),
    "</svg>\n",
  ].join("\n");
}

/** The power of ten that is not above a value. */
function powerBelow(value: number): number {
  return Math.floor(Math.log10(value));
}

function linesOf(
  sizes: readonly SizeResult[],
  across: (accounts: number) => number,
  up: (ms: number) => number,
): string[] {
  const lines = (sizes[0]?.flows ?? []).map(({ name }, row) => ({
    name,
    colour: COLOURS[row % COLOURS.length],
    points: sizes.map(({ accounts, flows }) => {
      return { x: across(accounts), y: up(flows[row]?.medianMs ?? Number.NaN) };
    }),
  }));
  const heights = apart(lines.map(({ points }) => points.at(-1)?.y ?? 0));
  return lines.flatMap(({ name, colour, points }, row) => {
    const path = points.map(({ x, y }) => `${at(x)},${at(y)}`).join(" ");
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      text(WIDTH - RIGHT + 8, (heights[row] ?? 0) + 4, name, "start", colour),
    ];
  });
}

/** Heights of names, so far from one another that each can be read. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  let highest = Number.POSITIVE_INFINITY;
  for (const [row] of [...heights.entries()].sort(([, a], [, b]) => b - a)) {
    highest = Math.min(moved[row] ?? 0, highest - NAME_HEIGHT);
    moved[row] = highest;
  }
  return moved;
}

function rule(y: number, label: string): string {
  const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y)}" y2="${at(y)}" stroke="#ddd"/>`;
  return `${line}\n${text(LEFT - 6, y + 4, label, "end")}`;
}

function mark(x: number, label: string): string {
  return text(x, HEIGHT - BOTTOM + 18, label, "middle");
}

function text(x: number, y: number, words: string, anchor: string, fill = "#333"): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" fill="${fill}">${words}</text>`;
}

function at(value: number): number {
  return Math.round(value * 10) / 10;
}

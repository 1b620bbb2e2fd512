import assert from "node:assert/strict";
import { test } from "node:test";
import { chart } from "./chart.ts";

const ratio = {
  ours: "Latchkey: refresh",
  beside: "a peer < all",
  median: 1.5,
  least: 1.25,
  most: 2,
  goal: 3,
  reached: false,
};

test("a chart says in words what it shows", () => {
  const svg = chart([ratio]);
  assert.match(svg, /role="img" aria-labelledby="title desc"/);
  assert.match(
    svg,
    /<desc id="desc">Latchkey: refresh beside a peer &lt; all: 1.5 times, from 1.25 to 2, at least 3 is wanted.<\/desc>/,
  );
});

test("bars share one scale, on which the goal has its place", () => {
  const svg = chart([ratio, { ...ratio, median: 3, most: 3, reached: true }]);
  const widths = [...svg.matchAll(/<rect class="(\w+)" .* width="([\d.]+)"/g)];
  assert.deepEqual(
    widths.map(([, name, width]) => [name, Number(width)]),
    [
      ["short", 309],
      ["bar", 618],
    ],
  );
  assert.equal([...svg.matchAll(/class="goal" x1="630.0"/g)].length, 2);
});

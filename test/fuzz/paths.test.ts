import fc from "fast-check";
import { expect, it } from "vitest";
import { tables } from "../../src/surfaces/index.ts";
import { everyRow } from "../surfaces/every-row.ts";
import type { Case } from "./ask.ts";
import { formBodies } from "./bodies.ts";
import { hostileHeaders } from "./headers.ts";
import { oauthRoutes, pageRoutes } from "./other-routes.ts";
import { BROKEN_PARTS, queries } from "./requests.ts";
import { runCases } from "./run-cases.ts";
import { stage, statuses } from "./stage.ts";
import { hostileText, percentEncoded } from "./texts.ts";

const CASES = 1000;
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"];

const known = [
  ...everyRow(tables).map(({ endpoint }) => endpoint.slice(endpoint.indexOf("/"))),
  ...[...oauthRoutes, ...pageRoutes].map(({ path }) => path),
];
const segments = [...new Set(known.flatMap((path) => path.split("/")))];

const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...segments) },
  { weight: 2, arbitrary: fc.constantFrom(...BROKEN_PARTS) },
  { weight: 1, arbitrary: hostileText.map((text) => percentEncoded(text.replace(/‹.*›/s, "x"))) },
);
/** Paths like those there are: with a part more, less or another, or of parts that were never together. */
const paths = fc.oneof(
  fc.constantFrom(...known),
  fc.tuple(fc.constantFrom(...known), fc.nat(6), fc.nat(2), fc.array(part, { maxLength: 2 })).map(
    ([path, at, gone, parts]) =>
      `/${path
        .slice(1)
        .split("/")
        .toSpliced(at, gone, ...parts)
        .join("/")}`,
  ),
  fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`),
);

const requests: fc.Arbitrary<Case> = fc.record({
  method: fc.constantFrom(...METHODS),
  path: paths,
  query: queries(fc.constant([])),
  headers: fc
    .tuple(fc.constantFrom("text/html", "application/json", "*/*"), hostileHeaders)
    .map(([accept, wrong]) => ({ accept, ...wrong })),
  body: fc.option(formBodies(fc.constant([]))),
});

it("INP-01, WEB-03: whatever path is asked for by whatever method, it is answered in good order", async (context) => {
  const { perform } = stage();

  await runCases(context, CASES, requests, async (input) => {
    const { status, headers } = await perform(input);
    expect(headers.has("allow")).toBe(status === 405);
  });

  const count = (status: number) => statuses.get(status) ?? 0;
  expect(count(404)).toBeGreaterThan(CASES / 5);
  expect(count(405)).toBeGreaterThan(CASES / 20);
  expect(count(429)).toBeLessThan(CASES / 30);
});

import { type Budget, sums } from "./budget.ts";
import type { Bundle } from "./bundle.ts";
import type { Share } from "./composition.ts";
import type { FirstRequest } from "./first-request.ts";
import type { StartUp } from "./start-up.ts";

/** What was measured, as bench/results/size.json has it. */
export interface SizeReport {
  date: string;
  machine: { cores: number; platform: string; workerd: string };
  /** How many wanted to run during the last minute of it: more than there are cores is a busy machine. */
  load: number;
  bundle: Omit<Bundle, "folder">;
  startUp: StartUp;
  firstRequests: readonly FirstRequest[];
}

/** Who brings fewer bytes than so many others shares a row; so does whom the sampling hardly met. */
const LARGEST = 10;
const LEAST_MS = 0.3;

/** The figures as Markdown tables, with the budget beside what it bounds. */
export function sizeTables(
  { machine, load, bundle, startUp, firstRequests }: SizeReport,
  budget: Budget,
): string {
  const { startBytes, laterBytes } = sums(bundle.shares);
  return [
    `As \`npm run size\` measured it (${machine.cores} cores, ${machine.platform}, workerd ${machine.workerd}; load average ${load}).`,
    table(
      ["the bundle, minified", "is", "may be"],
      [
        ["the whole upload, gzipped", kib(bundle.gzipBytes), kib(budget.gzipBytes)],
        ["evaluated when an isolate starts", kib(startBytes), kib(budget.startBytes)],
        ["evaluated when it is needed", kib(laterBytes), kib(budget.laterBytes)],
        ["source files", `${bundle.modules}`, `${budget.modules}`],
      ],
    ),
    table(["who brings it", "files", "at the start", "later"], bytesRows(bundle.shares)),
    `An isolate starts in ${startUp.fastestMs} ms of CPU (the fastest of ${startUp.runs} profiles of \`wrangler check startup\`; the median is ${startUp.medianMs} ms). Cloudflare allows 1,000 ms.`,
    table(["who spends it", "ms"], startUpRows(startUp)),
    table(
      ["after a start", "first answer", "later answers"],
      firstRequests.map(({ request, starts, firstMs, laterMs }) => [
        `\`${request}\`, ${starts} starts`,
        `${firstMs} ms`,
        `${laterMs} ms`,
      ]),
    ),
  ].join("\n\n");
}

/** Who brings most stands first. */
function bytesRows(shares: readonly Share[]): string[][] {
  const small = shares.slice(LARGEST);
  const others = {
    owner: `${small.length} others`,
    modules: small.reduce((sum, share) => sum + share.modules, 0),
    ...sums(small),
  };
  return [...shares.slice(0, LARGEST), others].map((share) => [
    share.owner,
    `${share.modules}`,
    share.startBytes > 0 ? kib(share.startBytes) : "",
    share.laterBytes > 0 ? kib(share.laterBytes) : "",
  ]);
}

function startUpRows({ byOwner }: StartUp): string[][] {
  const owners = Object.entries(byOwner);
  const rest = owners.filter(([, ms]) => ms < LEAST_MS).reduce((sum, [, ms]) => sum + ms, 0);
  return [...owners.filter(([, ms]) => ms >= LEAST_MS), ["others", rest] as const].map(
    ([owner, ms]) => [owner, ms.toFixed(1)],
  );
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

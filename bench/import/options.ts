import { readOptions } from "../../scripts/read-options.ts";
import { IDLE_LOAD } from "../running/refuse-busy-machine.ts";
import { wholeNumber } from "../whole-number.ts";

const HELP = `Measures how fast accounts come in and go out, and what memory that takes.

Runs \`npm run admin -- import\` on a file of one account, then of many, each into a fresh local database,
and once more with Node's heap held to little; then \`export\`. Each line has a bcrypt hash, out of a
few that are made before: an import seals it, and checks no password. Anything but all accounts in and
out fails. Nothing is written where the machine's load average is above ${IDLE_LOAD} before.
The figures are written to bench/results/import.json and docs/moving.md.

npm run bench:import -- [options]

  --accounts <n>  how many; 100000 unless told
  --no-write      only says what came out
  --busy          writes on a busy machine too
  --help          this`;

/** What was asked for; null where it was the help, which is then said. */
export function importOptions(
  args: readonly string[],
): { accounts: number; isWritten: boolean; mayBeBusy: boolean } | null {
  const options = readOptions(
    args,
    {
      accounts: { type: "string", default: "100000" },
      "no-write": { type: "boolean", default: false },
      busy: { type: "boolean", default: false },
    },
    HELP,
  );
  return (
    options && {
      accounts: wholeNumber("accounts", options.accounts, HELP),
      isWritten: !options["no-write"],
      mayBeBusy: options.busy,
    }
  );
}

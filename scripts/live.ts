import { parseArgs } from "node:util";
import { EXAMPLE_API } from "../test/live/support/servers.ts";
import { testClients } from "../test/live/support/test-clients.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";
import { testFiles } from "./test-files.ts";
import { testServed } from "./test-served.ts";

const HELP = `Lets well-known OAuth clients talk to Latchkey over HTTP: serves it on a free port, on data of its
own, with the example API beside it, and runs the tests in test/live against them.

npm run live -- [options] [words]

  [words]            only the test files whose names contain one of them
  --beside <config>  another Worker to serve beside it, by its wrangler.toml; may be given again
  --help             this`;

await runScript(async (stop) => {
  const { values, positionals } = readArguments();
  if (values.help) {
    say(HELP);
    return;
  }
  const files = testFiles("test/live", positionals, HELP);
  const beside = [EXAMPLE_API, ...values.beside];
  await testServed({ files, beside, clients: Object.values(testClients) }, stop);
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        beside: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Problem((error as Error).message, `\n${HELP}`, { cause: error });
  }
}

import { EXAMPLE_API } from "../test/live/support/servers.ts";
import { testClients } from "../test/live/support/test-clients.ts";
import { readArguments } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { testFiles } from "./test-files.ts";
import { testServed } from "./test-served.ts";

const HELP = `Lets well-known OAuth clients talk to Latchkey over HTTP: serves it on a free port, on data of its
own, with the example API beside it, and runs the tests in test/live against them.

npm run live -- [options] [words]

  [words]            only the test files whose names contain one of them
  --beside <config>  another Worker to serve beside it, by its wrangler.toml; may be given again
  --help             this`;

const OPTIONS = { beside: { type: "string", multiple: true } } as const;

await runScript(async (stop) => {
  const given = readArguments(process.argv.slice(2), OPTIONS, HELP);
  if (!given) {
    return;
  }
  const { values, positionals } = given;
  const files = testFiles("test/live", positionals, HELP);
  const beside = [EXAMPLE_API, ...(values.beside ?? [])];
  await testServed({ files, beside, clients: Object.values(testClients) }, stop);
});

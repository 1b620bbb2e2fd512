import { parseArgs } from "node:util";
import { accessTokenVerifier } from "../../client/verify.ts"; // In your own project: "latchkey/verify".
import { createApi } from "./api.ts";

const HELP = `An API that takes Latchkey's access tokens and verifies them offline.

node server.ts [options]

  --issuer <url>    where Latchkey is reached (http://localhost:8787)
  --audience <uri>  what this API is called (https://api.example.test)
  --tenant <id>     the tenant whose tokens it takes (the default tenant)
  --port <port>     where to listen (8789)
  --help            this`;

const { help, port, ...expected } = readOptions();
if (help) {
  console.log(HELP);
  process.exit();
}
createApi(accessTokenVerifier(expected)).listen(Number(port), "127.0.0.1", () =>
  console.log(
    `http://127.0.0.1:${port} takes tokens of ${expected.issuer} for ${expected.audience}`,
  ),
);

function readOptions() {
  try {
    return parseArgs({
      options: {
        issuer: { type: "string", default: "http://localhost:8787" },
        audience: { type: "string", default: "https://api.example.test" },
        // The default tenant's.
        tenant: { type: "string", default: "00000000-0000-7000-8000-000000000000" },
        port: { type: "string", default: "8789" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

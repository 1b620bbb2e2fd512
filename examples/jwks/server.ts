import { parseArgs } from "node:util";
import { accessTokenVerifier } from "../../client/verify.ts"; // In your own project: "latchkey/verify".
import { createApi } from "./api.ts";

const HELP = `An API that takes Latchkey's access tokens and verifies them offline.

node server.ts [options]

  --issuer <url>    where Latchkey is reached ($LATCHKEY_ISSUER, or http://localhost:8787)
  --audience <uri>  what this API is called (https://api.example.test)
  --port <port>     where to listen (8789)
  --help            this`;

const { help, port, ...expected } = readOptions();
if (help) {
  console.log(HELP);
  process.exit();
}
createApi(verifier()).listen(Number(port), "127.0.0.1", () =>
  console.log(
    `http://127.0.0.1:${port} takes tokens of ${expected.issuer} for ${expected.audience}`,
  ),
);

function readOptions() {
  const issuer = process.env["LATCHKEY_ISSUER"] || "http://localhost:8787";
  try {
    return parseArgs({
      options: {
        issuer: { type: "string", default: issuer },
        audience: { type: "string", default: "https://api.example.test" },
        port: { type: "string", default: "8789" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return wrong(error);
  }
}

function verifier() {
  try {
    return accessTokenVerifier(expected);
  } catch (error) {
    return wrong(error);
  }
}

function wrong(error: unknown): never {
  console.error(`${(error as Error).message}\n\n${HELP}`);
  process.exit(2);
}

import { parseArgs } from "node:util";
import { createApi } from "./api.ts";
import { accessTokenVerifier } from "./verify-access-token.ts";

const { values } = parseArgs({
  options: {
    issuer: { type: "string", default: "http://localhost:8787" },
    audience: { type: "string", default: "https://api.example.test" },
    // The default tenant's.
    tenant: { type: "string", default: "00000000-0000-7000-8000-000000000000" },
    port: { type: "string", default: "8789" },
  },
});

const { port, ...expected } = values;
createApi(accessTokenVerifier(expected)).listen(Number(port), "127.0.0.1", () =>
  console.log(
    `http://127.0.0.1:${port} takes tokens of ${expected.issuer} for ${expected.audience}`,
  ),
);

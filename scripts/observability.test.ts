import assert from "node:assert/strict";
import { test } from "node:test";
import { experimental_readRawConfig } from "wrangler";

test("REL-06: of a request the platform keeps no query string, no line of its own and no trace", () => {
  const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });

  assert.deepEqual(structuredClone(rawConfig.observability), {
    enabled: true,
    redact_query_string: true,
    logs: { invocation_logs: false },
    traces: { enabled: false },
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { FENCE_LIMITS } from "../src/core/throttle/refuse.ts";
import { projectFolder } from "./project-folder.ts";

const BINDING =
  /\[\[ratelimits\]\]\nname = "(\w+)"\n.*\nsimple = \{ limit = (\d+), period = (\d+) \}/g;

it("refusals tell the limits that the rate-limit bindings have, a minute each", () => {
  const file = readFileSync(join(projectFolder, "wrangler.toml"), "utf8");
  const bindings = [...file.matchAll(BINDING)].map(([, name, limit, period]) => [
    name,
    { limit: Number(limit), period: Number(period) },
  ]);

  assert.deepEqual(Object.fromEntries(bindings), {
    CREDENTIAL_FENCE: { limit: FENCE_LIMITS.credentials, period: 60 },
    CREDENTIAL_SITE_FENCE: { limit: FENCE_LIMITS.credentialSites, period: 60 },
    DEVICE_START_FENCE: { limit: FENCE_LIMITS.deviceStart, period: 60 },
    REQUEST_FENCE: { limit: FENCE_LIMITS.requests, period: 60 },
    RETURN_FENCE: { limit: FENCE_LIMITS.returns, period: 60 },
  });
});

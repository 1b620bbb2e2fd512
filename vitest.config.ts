import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { unstable_readConfig } from "wrangler";

/** Cheap password hashes: what a real one costs is asserted on its own in test/crypto. */
const PASSWORD_ITERATIONS = "1000";

/** The same inputs every time, unless `npm run fuzz` says otherwise. */
const FUZZ_SEED = process.env["FUZZ_SEED"] ?? "20261129";

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          ENVIRONMENT: "development",
          PUBLIC_URL: "http://localhost:8787",
          AUTH_SECRET: "a-secret-for-tests-that-is-long-enough",
          PASSWORD_ITERATIONS,
          FUZZ_SEED,
          TEST_MIGRATIONS: await readD1Migrations("drizzle"),
          TEST_CONSUMERS: unstable_readConfig({ config: "./wrangler.toml" }).queues.consumers ?? [],
        },
      },
    })),
  ],
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    // Against a running Worker, by Node's own test runner.
    exclude: ["test/browser/**", "test/live/**"],
    silent: "passed-only",
    maxWorkers: 2,
    // A machine that is busy fails nothing: what may be slow is measured elsewhere.
    testTimeout: 600_000,
    hookTimeout: 60_000,
    setupFiles: ["./test/support/migrate.ts"],
  },
});

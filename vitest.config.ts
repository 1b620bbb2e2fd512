import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { unstable_readConfig } from "wrangler";
import { importedPackages } from "./scripts/imported-packages.ts";
import { SlowTestsFirst } from "./scripts/slow-tests-first.ts";
import { mailServersOfRun } from "./test/live/support/mail-servers-of-run.ts";

/** Cheap password hashes: what a real one costs is asserted on its own in test/crypto. */
const PASSWORD_ITERATIONS = "1000";

/** The same inputs every time, unless `npm run fuzz` says otherwise. */
const FUZZ_SEED = process.env["FUZZ_SEED"] ?? "20261129";

/** Against a running Worker, by Node's own test runner. */
const ELSEWHERE = ["test/browser/**", "test/deno/**", "test/live/**"];

/**
 * Each file of tests starts an isolate, which asks for its modules one by one. So each package is bundled once
 * for all; every one of them, or what two share would be there twice. JSX names the last by itself.
 */
const PACKAGES = [
  ...importedPackages("{src,test}/**/*.{ts,tsx}", ELSEWHERE).filter(
    (name) => name !== "vitest" && !name.endsWith(".wasm"),
  ),
  "hono/jsx/jsx-runtime",
  "hono/jsx/jsx-dev-runtime",
];

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        serviceBindings: { TEST_MAIL_SERVERS: { node: mailServersOfRun } },
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
    exclude: ELSEWHERE,
    deps: { optimizer: { ssr: { enabled: true, include: PACKAGES } } },
    fsModuleCache: true,
    sequence: { sequencer: SlowTestsFirst },
    silent: "passed-only",
    maxWorkers: 2,
    // A machine that is busy fails nothing: what may be slow is measured elsewhere.
    testTimeout: 600_000,
    hookTimeout: 60_000,
    setupFiles: ["./test/support/migrate.ts"],
  },
});

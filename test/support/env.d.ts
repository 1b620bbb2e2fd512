import type { D1Migration } from "cloudflare:test";
import type { Bindings } from "../../src/ports.ts";

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      TEST_MIGRATIONS: D1Migration[];
      /** The queue consumers of wrangler.toml. */
      TEST_CONSUMERS: { queue: string; max_retries: number; dead_letter_queue?: string }[];
      /** Mail servers on this machine, outside of the runtime: test/live/support/mail-servers-of-run.ts. */
      TEST_MAIL_SERVERS: Fetcher;
      PUBLIC_URL: string;
      AUTH_SECRET: string;
      /** Where the inputs of test/fuzz come from: a whole number. */
      FUZZ_SEED: string;
    }
    interface GlobalProps {
      mainModule: typeof import("../../src/index.ts");
    }
  }
}

import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";

/** The Worker runs and reaches what it depends on; where it does not, it says what is missing. */
export const isUp: Check = {
  name: "up",
  title: "The Worker runs, and D1, KV and Durable Objects answer it",
  isVital: true,
  async look(patient) {
    const health = await ask(patient, "/health");
    if (health.status !== 200) {
      return fail(
        `/health answers ${health.status}: ${health.text.slice(0, 300).trim()}`,
        "Set what it names, or deploy: npm run deploy",
      );
    }
    const ready = await ask(patient, "/health/ready");
    return ready.status === 200
      ? pass(`/health/ready answers in ${Math.round(ready.milliseconds)} ms.`)
      : fail(
          `/health/ready answers ${ready.status}: ${ready.text.slice(0, 300)}`,
          "Check the bindings in wrangler.toml that it names, and that the migrations were applied.",
        );
  },
};

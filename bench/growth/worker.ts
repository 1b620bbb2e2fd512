import latchkey from "../../src/index.ts";
import type { Bindings } from "../../src/ports.ts";
import { countStores } from "../cost/worker/count-stores.ts";
import { counts } from "../cost/worker/counts.ts";
import { surrounded } from "../running/latchkey/surroundings.ts";

export * from "../../src/index.ts";

const deployed = surrounded(latchkey);
let isCounting = false;

/** Latchkey, which tells under `/rows` how many rows of D1 it has read and written so far. */
export default {
  ...deployed,
  fetch(request, env, context) {
    if (!isCounting) {
      isCounting = true;
      countStores({ ...env });
    }
    return new URL(request.url).pathname === "/rows"
      ? Response.json({ read: counts.d1RowsRead, written: counts.d1RowsWritten })
      : deployed.fetch(request, env, context);
  },
} satisfies ExportedHandler<Bindings, never>;

import latchkey, * as exported from "../../../src/index.ts";
import type { Bindings } from "../../../src/ports.ts";
import { fencesInMemory } from "../../running/latchkey/surroundings.ts";
import { counted } from "./counted.ts";

export * from "../../../src/index.ts";

let made: Bindings | undefined;

/** As they are at Cloudflare: the simulator's would be counted as calls that nobody bills. */
function fenced(env: Bindings): Bindings {
  made ??= { ...env, ...fencesInMemory() };
  return made;
}

const worker: typeof latchkey = {
  fetch: (request, env, ctx) => latchkey.fetch(request, fenced(env), ctx),
  queue: (batch, env) => latchkey.queue(batch, fenced(env)),
  scheduled: (controller, env) => latchkey.scheduled(controller, fenced(env)),
};

export default counted(worker as never, exported);

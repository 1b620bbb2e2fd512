import { countObjects } from "./count-objects.ts";
import { countStores } from "./count-stores.ts";
import { counts, resetCounts, underWay, whileUnderWay } from "./counts.ts";
import { postOffice } from "./letters.ts";
import { type CountedWorker, orders } from "./orders.ts";

/** The same Worker, whose bindings are counted, and which takes orders under `/count/`. */
export function counted(worker: CountedWorker, exported: Record<string, unknown>) {
  countObjects(exported);
  countLogLines();
  const surroundings = once(prepare);

  return {
    async fetch(request: Request, env: Record<string, unknown>, ctx: ExecutionContext) {
      const own = surroundings(env);
      const order = new URL(request.url).pathname.match(/^\/count\/(\w+)$/)?.[1];
      if (order) {
        return orders(order, request, { worker, env: own, settled, ctx });
      }
      counts.requests += 1;
      return whileUnderWay(async () => worker.fetch(request, own as never, tracked(ctx)));
    },

    async queue(batch: MessageBatch<never>, env: Record<string, unknown>, ctx: ExecutionContext) {
      counts.requests += 1;
      await whileUnderWay(
        async () => worker.queue?.(batch, surroundings(env) as never, tracked(ctx)) ?? undefined,
      );
      underWay.messages -= batch.messages.length;
    },
  };
}

function once<Env extends object, Made>(make: (env: Env) => Made): (env: Env) => Made {
  let made: Made | undefined;
  return (env) => {
    made ??= make(env);
    return made;
  };
}

function prepare(env: Record<string, unknown>): Record<string, unknown> {
  countStores(env);
  return { ...env, EMAIL: postOffice };
}

/** What a request leaves for after its answer is waited for as well. */
function tracked(ctx: ExecutionContext): ExecutionContext {
  return {
    props: ctx.props,
    passThroughOnException: () => undefined,
    waitUntil: (work: Promise<unknown>) => ctx.waitUntil(whileUnderWay(async () => work)),
  } as ExecutionContext;
}

function countLogLines(): void {
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    console[name] = () => {
      counts.logLines += 1;
    };
  }
}

const STILL_MS = 60;
const PATIENCE_MS = 30_000;

/** What was counted, once nothing has moved for a moment. Begins anew. */
async function settled() {
  const until = Date.now() + PATIENCE_MS;
  let before = "";
  for (;;) {
    const now = JSON.stringify([counts, underWay]);
    if (now === before && underWay.tasks === 0 && underWay.messages <= 0) {
      const final = { ...counts };
      resetCounts();
      return final;
    }
    if (Date.now() > until) {
      throw new Error(`still under way: ${now}`);
    }
    before = now;
    await scheduler.wait(STILL_MS);
  }
}

import { join } from "node:path";
import { ITERATIONS } from "../../src/crypto/password-hash.ts";
import { startFloor } from "../floor/start.ts";
import { startBetterAuth } from "../peers/better-auth/start.ts";
import { startOidcProvider } from "../peers/oidc-provider/start.ts";
import { startWorkersOauthProvider } from "../peers/workers-oauth-provider/start.ts";
import { buildLatchkey } from "./latchkey/build.ts";
import { startLatchkey } from "./latchkey/start.ts";
import type { Facts } from "./load/sender.ts";
import type { ServiceName } from "./service-name.ts";
import type { RunningService } from "./start-workers.ts";

const CHEAP = { iterations: 1 };

/** How each service is started. Facts that the sender must know are added to. */
const starts: Record<ServiceName, (facts: Facts, stop: AbortSignal) => Promise<RunningService>> = {
  latchkey: async (_facts, stop) => startLatchkey(await built(stop), { iterations: null }),
  "latchkey, cheap hash": async (_facts, stop) => startLatchkey(await built(stop), CHEAP),
  "better-auth": () => startBetterAuth({ iterations: ITERATIONS }),
  "better-auth, cheap hash": () => startBetterAuth(CHEAP),
  "better-auth, cookie cache": () => startBetterAuth({ ...CHEAP, cookieCache: true }),
  "better-auth, joins": () => startBetterAuth({ ...CHEAP, joins: true }),
  "workers-oauth-provider": startWorkersOauthProvider,
  "oidc-provider": startOidcProvider,
  floor: async (facts) => {
    const floor = await startFloor();
    facts.floorToken = floor.token;
    return floor;
  },
};

let modules: ReturnType<typeof buildLatchkey> | undefined;

function built(stop: AbortSignal): ReturnType<typeof buildLatchkey> {
  modules ??= buildLatchkey(stop, join("bench", "running", "latchkey", "deployed.ts"));
  return modules;
}

export interface RunningServices {
  of(name: ServiceName): RunningService;
  facts: Facts;
  stop(): Promise<void>;
}

/** Starts services one after another: a process is told by having been started last. */
export async function startServices(
  names: readonly ServiceName[],
  stop: AbortSignal,
): Promise<RunningServices> {
  const running = new Map<ServiceName, RunningService>();
  const facts: Facts = { floorToken: "" };
  const stopAll = async () => {
    await Promise.all([...running.values()].map((service) => service.stop()));
  };
  try {
    for (const name of names) {
      stop.throwIfAborted();
      running.set(name, await starts[name](facts, stop));
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    of(name) {
      const service = running.get(name);
      if (!service) {
        throw new RangeError(`${name} was not started`);
      }
      return service;
    },
    facts,
    stop: stopAll,
  };
}

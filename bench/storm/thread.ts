import { publicKeys, refresh } from "../running/contenders/latchkey.ts";
import { type Connections, openConnections } from "../running/load/connections.ts";
import type { Send } from "../running/load/contender.ts";
import { obey } from "../running/load/order-thread.ts";
import { runPhase } from "../running/load/run-phase.ts";
import { showProgress } from "../running/show-progress.ts";
import { enterAll } from "./enter-all.ts";
import type { Calls, Observed, Try } from "./result.ts";
import { noting, stormingSignIn } from "./storming-sign-in.ts";

export interface StormOrder {
  name: string;
  url: string;
  pid: number | null;
  seconds: number;
  /** How many sign in at once. */
  connections: number;
}

/** How many connections ask for each, while others sign in. */
const ASKING = 2;
/** So many that none is refreshed as often in a minute as it may be. */
const SESSIONS = 60;
const WARM_UP_SECONDS = 2;

/** Asks a service for the same, first alone and then in a storm of sign-ins; then lets a crowd in. */
async function runStorm({ name, url, pid, seconds, connections }: StormOrder): Promise<Observed> {
  const others = openConnections(url, 2 * ASKING);
  const crowd = openConnections(url, connections);
  try {
    showProgress(`${name}: signing in those who will refresh`);
    const ask = await callers(others, pid);
    showProgress(`${name}: warm-up`);
    await storm(crowd.all, pid, ask, WARM_UP_SECONDS);
    showProgress(`${name}: no storm`);
    const quiet = await ask(seconds);
    showProgress(`${name}: storm`);
    const stormed = await storm(crowd.all, pid, ask, seconds);
    showProgress(`${name}: a crowd that comes back when it is told to`);
    return { quiet, ...stormed, entries: await enterAll(crowd.all) };
  } finally {
    showProgress("");
    await Promise.all([others.close(), crowd.close()]);
  }
}

/** Makes what refreshes and asks for the public keys for so many seconds, each over connections of its own. */
async function callers(
  { all, any }: Connections,
  pid: number | null,
): Promise<(seconds: number) => Promise<Calls>> {
  const refreshing = refresh(SESSIONS);
  const keys = publicKeys();
  const tokens = await refreshing.prepare(any, [], "measured");
  const numbers = await keys.prepare(any, [], "measured");
  return async (seconds) => {
    const [refreshed, published] = await Promise.all([
      runPhase(refreshing, tokens, { connections: all.slice(0, ASKING), seconds, pid }),
      runPhase(keys, numbers, { connections: all.slice(ASKING), seconds, pid }),
    ]);
    return { refresh: refreshed, publicKeys: published };
  };
}

async function storm(
  crowd: readonly Send[],
  pid: number | null,
  ask: (seconds: number) => Promise<Calls>,
  seconds: number,
): Promise<Pick<Observed, "storm" | "tries" | "stormMilliseconds">> {
  const tries: Try[] = [];
  const signIn = stormingSignIn();
  const people = await signIn.prepare(crowd[0] as Send, [], "measured");
  const connections = crowd.map((send) => noting(send, tries));
  const [calls, { milliseconds }] = await Promise.all([
    ask(seconds),
    runPhase(signIn, people, { connections, seconds, pid }),
  ]);
  return { storm: calls, tries, stormMilliseconds: milliseconds };
}

obey(runStorm);

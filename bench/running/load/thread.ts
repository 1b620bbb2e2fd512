import { type ContenderName, contenders } from "../contenders/index.ts";
import { openConnections } from "./connections.ts";
import type { AnyContender, Phase } from "./contender.ts";
import { forTheWholeTime } from "./for-the-whole-time.ts";
import { obey } from "./order-thread.ts";
import { type Measurement, runPhase } from "./run-phase.ts";
import type { RoundOrder } from "./sender.ts";

interface Known {
  contender: AnyContender;
  /** What was left to it from its last phase. */
  items: unknown[];
}

const known = new Map<ContenderName, Known>();

function recall({ name, facts }: RoundOrder): Known {
  const recalled = known.get(name) ?? { contender: contenders[name].make(facts), items: [] };
  known.set(name, recalled);
  return recalled;
}

async function runRound(order: RoundOrder): Promise<Measurement> {
  const mine = recall(order);
  const connections = openConnections(order.url, order.connections);
  try {
    const phase = async (which: Phase, seconds: number) => {
      mine.items = await mine.contender.prepare(connections.any, mine.items, which);
      const { pid } = order;
      return runPhase(mine.contender, mine.items, { connections: connections.all, seconds, pid });
    };
    await phase("warm-up", order.warmUpSeconds);
    return await forTheWholeTime(order.seconds, (seconds) => phase("measured", seconds));
  } finally {
    await connections.close();
  }
}

obey(runRound);

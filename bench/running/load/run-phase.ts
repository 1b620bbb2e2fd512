import { performance } from "node:perf_hooks";
import { cpuMilliseconds } from "../child-processes.ts";
import type { AnyContender, Send } from "./contender.ts";

/** What was measured of a service in one go. */
export interface Measurement {
  requests: number;
  /** From the first request to the last answer. */
  milliseconds: number;
  /** Of each request, to the last byte of its answer. */
  latencies: number[];
  /** What the service computed for all of them; null where nobody says. */
  cpuMilliseconds: number | null;
  /** What part of the time the sender was at work: near 1 it is the sender that was measured. */
  senderBusy: number;
}

/**
 * Sends requests over all connections until the time is over or nothing is left to send, and waits
 * for the last answer. What is left of the items stays in `items`.
 */
export async function runPhase(
  contender: AnyContender,
  items: unknown[],
  {
    connections,
    seconds,
    pid,
  }: { connections: readonly Send[]; seconds: number; pid: number | null },
): Promise<Measurement> {
  const latencies: number[] = [];
  const cpuBefore = cpuMilliseconds(pid);
  const busyBefore = performance.eventLoopUtilization();
  const begun = performance.now();
  const end = begun + seconds * 1000;

  async function keepAsking(send: Send): Promise<void> {
    while (items.length > 0 && performance.now() < end) {
      const item = items.shift();
      const ask = contender.ask(item);
      const sent = performance.now();
      const answer = await send(ask);
      latencies.push(performance.now() - sent);
      const next = contender.read(answer, item);
      next === null || items.push(next);
    }
  }
  await Promise.all(connections.map(keepAsking));

  const milliseconds = performance.now() - begun;
  const cpuAfter = cpuMilliseconds(pid);
  return {
    requests: latencies.length,
    milliseconds,
    latencies,
    cpuMilliseconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    senderBusy: performance.eventLoopUtilization(busyBefore).utilization,
  };
}

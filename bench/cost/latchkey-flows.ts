import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import { accountFlows } from "./latchkey-account-flows.ts";
import { cleanUpFlows } from "./latchkey-clean-up-flows.ts";
import { clientFlows } from "./latchkey-client-flows.ts";
import { deviceFlows } from "./latchkey-device-flows.ts";
import { minuteFlows } from "./latchkey-minute-flows.ts";
import { join, signIn } from "./latchkey-person.ts";

/** Everything that is counted of Latchkey. Two people are signed in for those flows that need any. */
export async function latchkeyFlows(service: CountedService): Promise<Flow[]> {
  await wakeShards(service);
  const person = await join(service);
  const { accessToken } = await signIn(service, person);
  const owner = await signIn(service, await join(service));
  return [
    ...accountFlows(service, person, accessToken),
    ...clientFlows(service, accessToken),
    ...deviceFlows(service, owner.accessToken),
    ...cleanUpFlows(service),
    ...minuteFlows(service),
  ];
}

const SHARDS = 256;
const AT_ONCE = 16;

/** A service that is in use has made the tables of all objects that many people share, and set their alarms. */
async function wakeShards(service: CountedService): Promise<void> {
  const calls = Array.from({ length: SHARDS }, (_, shard) => [
    { namespace: "THROTTLE", name: `shard ${shard}`, method: "take", args: ["nobody", 1, 1] },
    { namespace: "LOGIN_CODE", name: `shard ${shard}`, method: "check", args: ["nobody", []] },
  ]).flat();
  while (calls.length > 0) {
    await Promise.all(calls.splice(0, AT_ONCE).map((call) => service.order("call", call)));
  }
}

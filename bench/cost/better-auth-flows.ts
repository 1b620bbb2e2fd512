import { betterAuthAccountFlows } from "./better-auth-account-flows.ts";
import { betterAuthDeviceFlows } from "./better-auth-device-flows.ts";
import { asking, join, signIn } from "./better-auth-person.ts";
import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";

/** What better-auth has of the flows that are counted of Latchkey, under the same ids. */
export async function betterAuthFlows(service: CountedService): Promise<Flow[]> {
  const ask = asking(service);
  const person = await join(service);
  const cookie = await signIn(service, person);
  return [
    ...betterAuthAccountFlows(service, person, cookie),
    { id: "jwks", name: "public keys (JWKS)", prepare: async () => () => ask("/jwks") },
    ...betterAuthDeviceFlows(service),
  ];
}

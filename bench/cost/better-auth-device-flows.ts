import { asking, join, signIn } from "./better-auth-person.ts";
import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

interface Started {
  device_code: string;
  user_code: string;
}

/** Signing in by device code. */
export function betterAuthDeviceFlows(service: CountedService): Flow[] {
  const ask = asking(service);
  const start = async () =>
    (await ask<Started>("/device/code", { json: { client_id: "tv" } })).body;
  const poll = ({ device_code }: Started, expect: number) =>
    ask("/device/token", { json: { grant_type: GRANT, device_code, client_id: "tv" }, expect });
  const approve = async ({ user_code }: Started, cookie: string) => {
    await ask(`/device?user_code=${user_code}`, { headers: { cookie } });
    await ask("/device/approve", { json: { userCode: user_code }, headers: { cookie } });
  };
  const started = async (act: (grant: Started, cookie: string) => Promise<unknown>) => {
    const grant = await start();
    const cookie = await signIn(service, await join(service));
    return () => act(grant, cookie);
  };
  return [
    { id: "deviceStart", name: "device: start", prepare: async () => start },
    {
      id: "pollPending",
      name: "device: poll while pending",
      prepare: async () => {
        const grant = await start();
        return () => poll(grant, 400);
      },
    },
    {
      id: "deviceApprove",
      name: "device: approve",
      isDear: true,
      prepare: () => started(approve),
    },
    {
      id: "deviceRedeem",
      name: "device: tokens fetched",
      isDear: true,
      prepare: async () => {
        const grant = await start();
        await approve(grant, await signIn(service, await join(service)));
        return () => poll(grant, 200);
      },
    },
  ];
}

import { testClients } from "../../test/live/support/test-clients.ts";
import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import { join, signIn } from "./latchkey-person.ts";

const client_id = testClients.television.id;
const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

interface Started {
  device_code: string;
  user_code: string;
}

/** As long as a poll may be held. */
export const HELD_SECONDS = 25;

/** Signing in by device code, RFC 8628. */
export function deviceFlows(service: CountedService, bearer: string): Flow[] {
  const poll = ({ device_code }: Started, expect: number, headers = {}) =>
    service.ask("/oauth/token", {
      form: { grant_type: GRANT, client_id, device_code },
      expect,
      headers,
    });
  const approve = ({ user_code }: Started, owner = bearer) =>
    service.ask("/api/v2/auth/device/authorize", { bearer: owner, json: { userCode: user_code } });

  return [
    { id: "deviceStart", name: "device: start", prepare: async () => () => start(service) },
    {
      id: "pollPending",
      name: "device: poll while pending",
      prepare: async () => {
        const started = await start(service);
        return () => poll(started, 400);
      },
    },
    {
      id: "pollHeld",
      name: `device: poll held for ${HELD_SECONDS} s`,
      isWaiting: true,
      prepare: async () => {
        const started = await start(service);
        return () => poll(started, 400, { prefer: `wait=${HELD_SECONDS}` });
      },
    },
    {
      id: "deviceApprove",
      name: "device: approve, owner told by mail",
      prepare: async () => {
        const started = await start(service);
        return () => approve(started);
      },
    },
    {
      id: "deviceRedeem",
      name: "device: tokens fetched",
      isDear: true,
      prepare: async () => {
        const started = await start(service);
        // Somebody who has no other device: each would be a row that is read.
        const { accessToken } = await signIn(service, await join(service));
        await approve(started, accessToken);
        return () => poll(started, 200);
      },
    },
    {
      id: "deviceForgotten",
      name: "device: grant forgotten at its end",
      prepare: async () => {
        const { user_code } = await start(service);
        const [tenant] = await rows<{ id: string }>(service, "SELECT id FROM tenants");
        const name = `${tenant?.id} ${user_code}`;
        return () =>
          service.order("call", { namespace: "DEVICE_GRANT", name, method: "ring", args: [] });
      },
    },
  ];
}

async function start(service: CountedService): Promise<Started> {
  return (await service.ask<Started>("/oauth/device_authorization", { form: { client_id } })).body;
}

async function rows<Row>(service: CountedService, sql: string): Promise<Row[]> {
  return (await service.order<{ results: Row[] }>("sql", { sql })).results;
}

import * as client from "openid-client";
import type { NewClient } from "../../../scripts/new-client.ts";
import { discovered } from "./discovered.ts";
import { decide, type Person } from "./person.ts";
import { testClients } from "./test-clients.ts";

export type Tokens = Awaited<ReturnType<typeof client.pollDeviceAuthorizationGrant>>;

/** Signs somebody in on a television: its tokens after the person approved. */
export async function deviceTokens(
  person: Person,
  parameters: Readonly<Record<string, string>> = { scope: "openid profile email offline_access" },
  device: NewClient = testClients.television,
): Promise<{ television: client.Configuration; tokens: Tokens }> {
  const television = await discovered(device);
  const grant = await client.initiateDeviceAuthorization(television, { ...parameters });
  await decide(person, grant.user_code);
  // Who approved before the first poll spares the test the interval.
  const tokens = await client.pollDeviceAuthorizationGrant(television, { ...grant, interval: 0 });
  return { television, tokens };
}

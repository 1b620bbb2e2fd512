import * as client from "openid-client";
import type { NewClient } from "../../../scripts/new-client.ts";
import { discovered } from "../../live/support/discovered.ts";
import { testClients } from "../../live/support/test-clients.ts";

const SCOPE = "openid profile email offline_access";

/** A device that shows a code and asks, as openid-client does, whether somebody approved. */
export async function startDevice(device: NewClient = testClients.television, scope = SCOPE) {
  const television = await discovered(device);
  const grant = await client.initiateDeviceAuthorization(television, { scope });
  return {
    userCode: grant.user_code,
    /** The address that a QR code holds. */
    link: grant.verification_uri_complete ?? "",
    /** Asks at the pace it was told until there is an answer. Rejects when there are no tokens. */
    poll: () => client.pollDeviceAuthorizationGrant(television, grant),
  };
}

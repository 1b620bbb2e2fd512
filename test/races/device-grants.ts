import { TV } from "../support/clients.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { startedGrant } from "../support/oauth.ts";
import { heard, pollGrant } from "../support/oauth-devices.ts";
import type { TestService } from "../support/service.ts";

/** A way to start a device grant, and to poll it as its client. */
export interface DeviceEndpoint {
  start(service: TestService): Promise<{ userCode: string; deviceCode: string }>;
  /** The access token, or the error that there is in its place. */
  poll(service: TestService, deviceCode: string): Promise<{ accessToken: string } | string>;
}

const planasonix: DeviceEndpoint = {
  start: (service) => startedDevice(service, { clientId: TV }),
  async poll(service, deviceCode) {
    const { status, body } = await poll(service, deviceCode);
    return status === 200 ? { accessToken: body.accessToken } : body.error.code;
  },
};

const oauth: DeviceEndpoint = {
  async start(service) {
    const { user_code: userCode, device_code: deviceCode } = await startedGrant(service);
    return { userCode, deviceCode };
  },
  async poll(service, deviceCode) {
    const answer = await pollGrant(service, deviceCode);
    return answer.status === 200
      ? { accessToken: answer.body.access_token }
      : heard(answer).replace("400 ", "");
  },
};

/** All there are. */
export const deviceEndpoints: readonly DeviceEndpoint[] = [planasonix, oauth];

/** What a device heard, in a word. */
export function word(heard: { accessToken: string } | string): string {
  return typeof heard === "string" ? heard : "tokens";
}

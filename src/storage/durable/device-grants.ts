import type {
  DeviceGrantLocator,
  DeviceGrants,
  PollOutcome,
} from "../../core/device/device-grants.ts";
import { type DeviceGrantObject, grantStub } from "./device-grant.ts";
import { plain } from "./plain.ts";

/** How often a hold that breaks is begun. */
const HOLDS = 4;

/** Device grants, each in a Durable Object of its own. */
export function durableDeviceGrants(
  namespace: DurableObjectNamespace<DeviceGrantObject>,
): DeviceGrants {
  const stubOf = ({ tenantId, userCode }: Omit<DeviceGrantLocator, "grantId">) =>
    grantStub(namespace, tenantId, userCode);

  return {
    start: async (grant) => stubOf(grant).start(grant),

    async poll(locator, { waitSeconds, ...poll }) {
      const { grantId } = locator;
      const ask = () => plain<PollOutcome>(stubOf(locator).poll(grantId, poll));
      const outcome = await ask();
      if (outcome.answer !== "authorization_pending" || waitSeconds === 0) {
        return outcome;
      }
      const hasNews = await holdOn(
        (seconds) => stubOf(locator).hold(grantId, seconds),
        waitSeconds,
      );
      return hasNews ? ask() : outcome;
    },

    keepAnswer: async (locator, { retryKey, sealedAnswer }) =>
      stubOf(locator).keepAnswer(locator.grantId, retryKey, sealedAnswer),

    async watch(locator) {
      const answer = await stubOf(locator).fetch(`https://device-grant/${locator.grantId}`, {
        headers: { upgrade: "websocket" },
      });
      return answer.status === 429 ? "too many" : answer.webSocket;
    },
  };
}

/**
 * Goes on holding, for what is left of the time, when the object is moved or replaced. Only the hold
 * is repeated, which looks and changes nothing. The poll that redeems comes after it and is sent once:
 * if its answer is lost, a second one without a key would be told `invalid_grant`, for good.
 */
async function holdOn(
  hold: (seconds: number) => Promise<boolean>,
  waitSeconds: number,
): Promise<boolean> {
  const endsAt = Date.now() + waitSeconds * 1000;
  for (let attempt = 1; ; attempt++) {
    try {
      return await hold((endsAt - Date.now()) / 1000);
    } catch (error) {
      // Asking an object again that has too much to do adds to it.
      if (attempt === HOLDS || (error as { overloaded?: boolean }).overloaded) {
        throw error;
      }
    }
  }
}

import { beforeAll, describe, expect, it } from "vitest";
import { losesAnswer, refuses, startBreakableService } from "../support/break-calls.ts";
import { registerClients } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import type { Answer, TestService } from "../support/service.ts";

type Send = () => Promise<Answer<unknown>>;

/** A flow's request, made ready so that sending it is the only thing left. */
type Flow = (service: TestService) => Promise<Send>;

const NEW_PASSWORD = "another gentle otter";

const flows: Record<string, Flow> = {
  "signing in": async (service) => {
    const { email, password } = await quietPerson(service);
    return () => service.ask("/api/login", { body: { email, password } });
  },
  refreshing: async (service) => {
    const { refreshToken } = await signedIn(service, await quietPerson(service));
    return () => service.ask("/api/auth/refresh", { body: { refreshToken } });
  },
  registering: async (service) => {
    const person = somebody();
    return () => service.ask("/api/register", { body: person });
  },
  "asking for a reset": async (service) => {
    const { email } = await quietPerson(service);
    return () => service.ask("/api/forgot-password", { body: { email } });
  },
  resetting: async (service) => {
    const { email } = await quietPerson(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);
    return () => service.ask("/api/reset-password", { body: { token, password: NEW_PASSWORD } });
  },
  verifying: async (service) => {
    const { email } = await quietPerson(service);
    const token = await mailedToken(service, email, VERIFY);
    return () => service.ask("/api/verify-email", { body: { token } });
  },
  "starting a device": async (service) => () =>
    service.ask("/api/v2/auth/device", { body: { clientId: "test-tv" } }),
  polling: async (service) => {
    const { deviceCode } = await startedDevice(service);
    return () => poll(service, deviceCode);
  },
  approving: async (service) => {
    const { accessToken } = await signedIn(service, await quietPerson(service));
    const { userCode } = await startedDevice(service);
    return () => decide(service, accessToken, { userCode });
  },
  redeeming: async (service) => {
    const { accessToken } = await signedIn(service, await quietPerson(service));
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });
    return () => poll(service, deviceCode);
  },
};

/** What the same request may be told when it is repeated after an answer that was lost. */
const SPENT = ["invalid_token", "already_used", "invalid_grant", "slow_down"];

beforeAll(registerClients);

describe.each(Object.entries(flows))("while the platform fails in one call of %s", (_, flow) => {
  it.each([
    ["refuses the call", refuses],
    ["loses its answer", losesAnswer],
  ])("and %s: the answer is whole or 503, and the request can be repeated", async (_how, how) => {
    const service = startBreakableService();
    const untouched = await (await flow(service))();
    const calls = await service.record(await flow(service));
    expect(calls).toBeGreaterThan(0);

    for (let broken = 0; broken < calls; broken++) {
      const fresh = startBreakableService();
      const send = await flow(fresh);

      const answer = await fresh.breakCall(broken, how, send);
      if (answer.status !== untouched.status) {
        expect(answer).toMatchObject(UNAVAILABLE);
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }

      const repeated = await send();
      if (answer.status !== untouched.status && repeated.status !== untouched.status) {
        expect(how, "only a lost answer may have spent something").toBe(losesAnswer);
        expect(SPENT).toContain((repeated.body as { error: { code: string } }).error.code);
      }
    }
  });
});

const UNAVAILABLE = {
  status: 503,
  body: {
    error: {
      code: "unavailable",
      message: "Not possible right now. Try again in a moment.",
    },
  },
};

/** Registered, with the mail about it delivered: what fails afterwards is the flow's own. */
async function quietPerson(service: TestService) {
  const person = await registered(service);
  await mailTo(service, person.email, VERIFY);
  return person;
}

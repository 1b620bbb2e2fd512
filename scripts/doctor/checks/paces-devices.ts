import { setTimeout as wait } from "node:timers/promises";
import type { Check } from "../check.ts";
import { isFinding, poll, said, startDevice } from "../device-client.ts";
import { fail, pass } from "../finding.ts";

/** RFC 8628 §3.5: who is told to slow down polls five seconds slower from then on. */
const SLOWER_SECONDS = 5;
const WANTED = ["authorization_pending", "slow_down", "authorization_pending"];

/** A device that polls too fast is told so, and heard again at the pace it was told. */
export const pacesDevices: Check = {
  name: "pace",
  title: "A device is slowed down, and recovers (10 s)",
  async look(patient) {
    const started = await startDevice(patient);
    if (isFinding(started)) {
      return started;
    }
    const { deviceCode, intervalSeconds } = started;
    const polls = [said(await poll(patient, deviceCode)), said(await poll(patient, deviceCode))];
    const pause = (intervalSeconds + SLOWER_SECONDS) * 1000;
    await wait(pause, undefined, { signal: patient.stop });
    polls.push(said(await poll(patient, deviceCode)));
    return polls.join() === WANTED.join()
      ? pass(`Polls at once, again at once, and ${pause / 1000} s later: ${polls.join(", ")}.`)
      : fail(
          `Polls were answered ${polls.join(", ")}.`,
          `They should be ${WANTED.join(", ")}: look for a cache in front of /oauth/token, and at the Durable Object bindings.`,
        );
  },
};

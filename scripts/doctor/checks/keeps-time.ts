import { decodeJwt } from "jose";
import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { type Finding, fail, pass, skip, warn } from "../finding.ts";
import { signedIn } from "../signed-in.ts";

/** Authenticator apps tolerate a step of 30 s; verifiers of tokens often nothing at all. */
const MOST_SECONDS = 30;
const WORTH_A_LOOK_SECONDS = 5;

/** Its clock is that of everybody else: by a token's `iat`, or by the `Date` of an answer. */
export const keepsTime: Check = {
  name: "clock",
  title: "Its clock goes as the one here",
  async look(patient) {
    const { account } = patient;
    const begunMs = Date.now();
    const token =
      account?.password == null
        ? null
        : await signedIn(patient, { ...account, password: account.password }, async (it) => it);
    const saidMs = token
      ? Number(decodeJwt(token).iat) * 1000
      : Date.parse((await ask(patient, "/health")).headers.get("date") ?? "");
    return Number.isNaN(saidMs)
      ? skip("It sends no Date, as behind no edge; an account would tell.")
      : judged(off(saidMs, begunMs, Date.now()));
  },
};

/** Seconds off. It was said, in whole seconds, somewhere between two moments here. */
function off(saidMs: number, begunMs: number, endedMs: number): number {
  const early = Math.floor(begunMs / 1000) * 1000 - saidMs;
  const late = saidMs - endedMs;
  return Math.ceil(Math.max(early, late, 0) / 1000);
}

function judged(seconds: number): Finding {
  if (seconds <= WORTH_A_LOOK_SECONDS) {
    return pass(`Within ${Math.max(seconds, 1)} s.`);
  }
  const mend = "Set the clock of this machine (timedatectl); if it is right, the server's is not.";
  return seconds > MOST_SECONDS
    ? fail(`${seconds} s apart.`, mend)
    : warn(`${seconds} s apart.`, mend);
}

import { type Answer, ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { type Finding, fail, pass, warn } from "../finding.ts";
import type { Patient } from "../patient.ts";
import { throwawayAddress } from "../throwaway-address.ts";

/** Wrong passwords for the account: fewer than there are before its sign-in is slowed down. */
const ROUNDS = 5;
/** What a hash takes at least: a difference below it tells nobody anything in a few samples. */
const WORTH_MS = 50;

/** Who has an account here is told by no answer, and by no time that one takes. */
export const tellsNobody: Check = {
  name: "enumeration",
  title: "Nobody learns who has an account",
  async look(patient) {
    const known = patient.account?.email ?? throwawayAddress();
    const samples: { known: Answer[]; unknown: Answer[] } = { known: [], unknown: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      samples.known.push(await wrongPassword(patient, known));
      samples.unknown.push(await wrongPassword(patient, throwawayAddress()));
    }
    const told = [...samples.known, ...samples.unknown].map(({ status, text }) => status + text);
    if (new Set(told).size > 1) {
      return fail(
        `A wrong password is answered in different words: ${[...new Set(told)].join(" | ").slice(0, 300)}`,
        "If one of them is 429 wait a minute and look again; else look for a proxy that changes answers.",
      );
    }
    if (samples.known[0]?.status === 429) {
      return warn("Too many attempts from here.", "Wait a minute and look again.");
    }
    const times = compared(samples.known, samples.unknown);
    return patient.account === null
      ? pass("Unknown addresses are answered alike. Give --email to hold a known one beside them.")
      : times;
  },
};

function wrongPassword(patient: Patient, email: string): Promise<Answer> {
  return ask(patient, "/api/login", { json: { email, password: "not-the-password-of-anybody" } });
}

/** Few samples: what counts is that all of one kind were slower than all of the other. */
function compared(known: readonly Answer[], unknown: readonly Answer[]): Finding {
  const [a, b] = [known, unknown].map((answers) =>
    answers.map(({ milliseconds }) => Math.round(milliseconds)).sort((x, y) => x - y),
  ) as [number[], number[]];
  const middle = (sorted: number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
  const said = `Medians of ${ROUNDS} each: ${middle(a)} ms for a known address, ${middle(b)} ms for an unknown one.`;
  const isApart = Math.min(...a) > Math.max(...b) || Math.min(...b) > Math.max(...a);
  return isApart && Math.abs(middle(a) - middle(b)) > WORTH_MS
    ? fail(
        said,
        "Measure it whole: npm run bench:enumeration. If it differs there too, report it: SECURITY.md.",
      )
    : pass(said);
}

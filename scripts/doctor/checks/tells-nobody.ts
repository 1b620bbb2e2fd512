import { type Answer, ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { type Finding, fail, pass, warn } from "../finding.ts";
import type { Patient } from "../patient.ts";
import { throwawayAddress } from "../throwaway-address.ts";

/** Wrong passwords for the account: fewer than there are before its sign-in is slowed down. */
const ROUNDS = 5;
/** Five and five come apart by chance one time in twenty, and then five and fifteen do one time in two hundred. */
const MORE = 10;
/** What a hash takes at least: a difference below it tells nobody anything in a few samples. */
const WORTH_MS = 50;

/** Who has an account here is told by no answer, and by no time that one takes. */
export const tellsNobody: Check = {
  name: "enumeration",
  title: "Nobody learns who has an account",
  async look(patient) {
    const samples = await sampled(patient);
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
    const times = compared(timesOf(samples));
    return patient.account === null
      ? pass("Unknown addresses are answered alike. Give --email to hold a known one beside them.")
      : times;
  },
};

interface Samples {
  known: Answer[];
  unknown: Answer[];
}

async function sampled(patient: Patient): Promise<Samples> {
  const known = patient.account?.email ?? throwawayAddress();
  const samples: Samples = { known: [], unknown: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.known.push(await wrongPassword(patient, known));
    samples.unknown.push(await wrongPassword(patient, throwawayAddress()));
  }
  for (let left = isApart(timesOf(samples)) ? MORE : 0; left > 0; left -= 1) {
    samples.unknown.push(await wrongPassword(patient, throwawayAddress()));
  }
  return samples;
}

function wrongPassword(patient: Patient, email: string): Promise<Answer> {
  return ask(patient, "/api/login", { json: { email, password: "not-the-password-of-anybody" } });
}

/** In milliseconds, in order. */
type Times = Record<keyof Samples, number[]>;

function timesOf({ known, unknown }: Samples): Times {
  const inOrder = (answers: readonly Answer[]) =>
    answers.map(({ milliseconds }) => Math.round(milliseconds)).sort((a, b) => a - b);
  return { known: inOrder(known), unknown: inOrder(unknown) };
}

const middle = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** A machine or a line that is busy holds answers up, and hurries none: the slowest fifth says nothing. */
const undelayed = (sorted: readonly number[]) => sorted.slice(0, Math.ceil(sorted.length * 0.8));

/** Few samples: what counts is that all of one kind were slower than all of the other, but for the slowest. */
function isApart(times: Times): boolean {
  const [known, unknown] = [undelayed(times.known), undelayed(times.unknown)];
  return (
    (Math.min(...known) > Math.max(...unknown) || Math.min(...unknown) > Math.max(...known)) &&
    Math.abs(middle(known) - middle(unknown)) > WORTH_MS
  );
}

function compared(times: Times): Finding {
  const { known, unknown } = times;
  const said = `Medians of ${known.length} and ${unknown.length}: ${middle(known)} ms for a known address, ${middle(unknown)} ms for an unknown one.`;
  return isApart(times)
    ? fail(
        said,
        "Measure it whole: npm run bench:enumeration. If it differs there too, report it: SECURITY.md.",
      )
    : pass(said);
}

import type { Check } from "./check.ts";
import { type Finding, fail } from "./finding.ts";
import type { Patient } from "./patient.ts";

export interface Examined extends Finding {
  name: string;
  title: string;
}

/** Looks at one thing after the other. What gets no answer at all has failed. */
export async function* examine(
  checks: readonly Check[],
  patient: Patient,
): AsyncGenerator<Examined> {
  for (const { name, title, isVital, look } of checks) {
    const finding = await look(patient).catch((error: unknown) => {
      patient.stop.throwIfAborted();
      return fail(noAnswer(error), `See whether ${patient.url} answers from here, then once more.`);
    });
    yield { name, title, ...finding };
    if (isVital && finding.outcome === "fail") {
      return;
    }
  }
}

function noAnswer(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

import { ITERATIONS } from "../../../src/crypto/password-hash.ts";
import type { Tally } from "./import-accounts.ts";

/** What is said at the end of an import, and where the report of it lies. */
export function conclusion(
  { imported, thereAlready, refused, unproved, ...of }: Tally,
  { dryRun, report }: { dryRun: boolean; report: string },
): string[] {
  const times = (of.dearest / ITERATIONS).toFixed(2);
  return [
    dryRun ? `Would be imported: ${imported}.` : `Imported: ${imported}.`,
    `There already: ${thereAlready}. Refused: ${refused}.`,
    ...(of.dear > 0
      ? [
          `Passwords that cost more to check than one of ours: ${of.dear}, the dearest ${times} times as much. So long does every wrong password take in this tenant, while imported ones are left.`,
        ]
      : []),
    ...(unproved.passwords + unproved.apps > 0
      ? [
          `Passwords at addresses that were not proved: ${unproved.passwords}. Authenticator apps there: ${unproved.apps}. A stranger may have set them up, and a new password by mail ends both: docs/operating.md says when to see to it, under "An address that somebody else registered".`,
        ]
      : []),
    `What became of each line, and why, is in ${report}`,
  ];
}

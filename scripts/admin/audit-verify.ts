import { Problem } from "../problem.ts";
import type { Head } from "./check-chain.ts";
import { command } from "./command.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import { verifyChain } from "./verify-chain.ts";

/** Reads, and writes nothing. Goes through all that is kept: what a tenant has in a year takes minutes. */
export const auditVerify = command({
  summary: "Computes a tenant's audit log anew, and says what was altered, added or removed",
  options: {
    head: {
      value: "number:digest",
      what: "a seal as the log or an earlier run told of it: it still has to be there",
    },
    tenant: tenantOption,
  },
  onlyReads: true,
  examples: ["--remote", "--head 1289:5f70bf18… --tenant acme"],

  plan: ({ head, tenant: slug = DEFAULT_TENANT_SLUG }) =>
    verifyChain(slug, head === undefined ? null : readHead(head)),
});

function readHead(given: string): Head {
  const [, sequence, digest] = given.match(/^([1-9]\d{0,14}):([0-9a-f]{64})$/) ?? [];
  if (sequence === undefined || digest === undefined) {
    throw new Problem(
      `${JSON.stringify(given)} is not a seal.`,
      "Give its number and its digest, as the run before has told them: --head 12:5f70…",
    );
  }
  return { sequence: Number(sequence), digest };
}

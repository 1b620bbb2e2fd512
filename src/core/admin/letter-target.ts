import { languages } from "../language.ts";
import { isLetterKind } from "../mail/letter-texts.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import type { Deed } from "./deed.ts";
import type { WhichLetter } from "./letter-records.ts";
import { tenantChanged } from "./tenant-changed.ts";

/** One letter of a tenant, as it is asked for, and who asks. */
export interface OneLetter {
  caller: AdminCaller;
  slug: string;
  kind: string;
  language: string;
}

/** The letter and whose it is. */
export async function findLetter(
  { letterRecords }: Context,
  { slug, kind, language }: OneLetter,
): Promise<
  { tenantId: string; which: WhichLetter } | Refused<"letter_unknown" | "tenant_unknown">
> {
  const spoken = languages.find((known) => known === language);
  if (!spoken || !isLetterKind(kind)) {
    return new Refused("letter_unknown");
  }
  const found = await letterRecords.find(slug);
  return found
    ? { tenantId: found.tenantId, which: { kind, language: spoken } }
    : new Refused("tenant_unknown");
}

export function letterEvent(context: Context, { caller, slug, kind, language }: OneLetter): Deed {
  const subject = `letter ${kind} in ${language}`;
  return tenantChanged(context, caller, { slug, subject });
}

import { type LetterKind, type LetterTexts, namesOf, wrongWith } from "../mail/letter-texts.ts";
import type { Context } from "../ports.ts";
import { type FieldIssue, Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import { findLetter, letterEvent, type OneLetter } from "./letter-target.ts";
import type { WordedLetter } from "./list-letters.ts";
import { refuseClient } from "./refuse-client.ts";

/**
 * Has a letter of a tenant say something in its own words, in place of all that it said so before. The code
 * or link, and what protects whoever gets it, stay ours. No client may: mail programs make a link of a site
 * that words name.
 */
export const wordLetter = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: OneLetter & { texts: LetterTexts },
  ): Promise<
    | WordedLetter
    | Refused<
        | "invalid_request"
        | "letter_unknown"
        | "tenant_unknown"
        | "person_only"
        | "access_token_invalid"
      >
  > => {
    const { caller, texts } = input;
    const found = refuseClient(caller) ?? (await findLetter(context, input));
    if (found instanceof Refused) {
      return found;
    }
    const { tenantId, which } = found;
    const fields = issuesOf(which.kind, texts);
    if (fields.length > 0) {
      return new Refused("invalid_request", { fields });
    }
    const event = letterEvent(context, input);
    const isSet = await context.letterRecords.set(tenantId, which, texts, event);
    return isSet ? { ...which, texts } : new Refused("access_token_invalid");
  },
);

function issuesOf(kind: LetterKind, texts: LetterTexts): FieldIssue[] {
  const given = Object.entries(texts);
  if (given.length === 0) {
    const issue = `must have at least one of ${asAsked(namesOf(kind).join(", "))}`;
    return [{ field: "body", issue }];
  }
  return given.flatMap(([name, text]) => {
    const wrong = wrongWith(kind, name, text);
    return wrong === null ? [] : [{ field: asAsked(name), issue: asAsked(wrong) }];
  });
}

/** As requests call it. */
const asAsked = (said: string) => said.replaceAll("notYou", "not_you");

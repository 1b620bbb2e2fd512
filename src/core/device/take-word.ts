import { chooseScopes } from "../choose-scopes.ts";
import type { Decision, DeviceGrant, Word } from "./device-grant.ts";
import { isSamePlace } from "./same-place.ts";

/** Why a grant does not let somebody say yes to it. */
export type NoApproval = "place_differs" | "scope_not_asked_for";

/** A person's word about a grant as a decision, where it lets them say it. A no it always does. */
export function takeWord(
  { samePlace, requester, scopes: asked }: DeviceGrant,
  word: Word,
  accountId: string,
): Decision | NoApproval {
  if (!word.approved) {
    return { approved: false };
  }
  const { place, ...approval } = word;
  if (!isSamePlace(samePlace, requester, place)) {
    return "place_differs";
  }
  const scopes = chooseScopes(asked, word.scopes);
  return scopes ? { ...approval, accountId, scopes } : "scope_not_asked_for";
}

import type { ResourceCaller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Account, Profile } from "./account.ts";
import { nameFromParts, nameFromWhole, type PersonName } from "./person-name.ts";

/**
 * Changes what the caller says about themselves; what is not named stays. A whole name replaces its
 * parts too, one part keeps the other. Nothing is written where nothing is named.
 */
export const updateProfile = guarded(
  {
    scope: "profile:write",
    beforePasswordChange: true,
    whileImpersonating: true,
    changes: true,
  },
  async (
    { accounts, clock }: Context,
    { caller: { account }, profile = {}, ...names }: ProfileUpdate,
    by,
  ): Promise<{ account: Account } | Refused<"access_token_invalid">> => {
    const name = newName(account, names);
    const saysMore = Object.values(profile).some((value) => value !== undefined);
    if (!name && !saysMore) {
      return { account };
    }
    const now = clock.now();
    const change = { ...(name && { name }), ...(saysMore && { profile }), now };
    const updated = await accounts.updateProfile(account.id, change, by);
    return updated ? { account: updated } : new Refused("access_token_invalid");
  },
);

export interface ProfileUpdate extends NameUpdate {
  caller: ResourceCaller;
  profile?: Profile | undefined;
}

interface NameUpdate {
  name?: string | undefined;
  givenName?: string | undefined;
  familyName?: string | undefined;
}

function newName(account: Account, { name, givenName, familyName }: NameUpdate): PersonName | null {
  if (name !== undefined) {
    return nameFromWhole(name);
  }
  return givenName === undefined && familyName === undefined
    ? null
    : nameFromParts(givenName ?? account.givenName ?? "", familyName ?? account.familyName ?? "");
}

import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";

/** Whether the caller's account asks for a second factor, and how many recovery codes are good. */
export const describeSecondFactor = guarded(
  {},
  async ({ secondFactors }: Context, { caller }: { caller: Caller }) => {
    const found = await secondFactors.find(caller.account.id);
    const isOn = found !== null && found.confirmedAt !== null;
    return { isOn, recoveryCodesLeft: isOn ? found.recoveryCodesLeft : 0 };
  },
);

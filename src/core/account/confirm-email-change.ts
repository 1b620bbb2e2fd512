import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { EMAIL_CHANGE_SECONDS } from "../mail/change-email-letter.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import type { Move } from "../throttle/throttle.ts";
import { addressVerified } from "./address-verified.ts";
import type { ConfirmedEmailChange } from "./email-changes.ts";

/**
 * Gives the caller's account its new address, with the token of the link that was mailed there, and
 * tells the old one. Of any number of parallel uses one succeeds. Nobody is signed out: sessions hang
 * on who signed in, not on where their mail goes.
 *
 * It takes both, the new mailbox and the account: a link alone would let a stranger have their account
 * tied to a mailbox whose owner clicks on what comes, or a mistyped address carry an account away.
 */
export const confirmEmailChange = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, token }: { caller: Caller; token: string },
    by,
  ): Promise<void | Refused<"mailed_link_invalid" | "mailed_link_of_another" | "rate_limited">> => {
    const { emailChanges, mailedLinks } = context;
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const link = await mailedLinks.find("change-email", token);
    if (link && link.change.accountId !== caller.account.id) {
      return new Refused("mailed_link_of_another");
    }
    const verified = addressVerified(context, caller.account, caller.session.id);
    const since = new Date(verified.at.getTime() - EMAIL_CHANGE_SECONDS * 1000);
    const changed = link && (await emailChanges.confirm(link.change, { since, verified, by }));
    if (!changed) {
      return new Refused("mailed_link_invalid");
    }
    context.afterwards(mailedLinks.forget("change-email", token));
    const move = { moveId: link.change.id, fromEmail: caller.account.email };
    await settle(context, move, changed);
  },
);

/** The address is changed; what follows must not turn that into an error. */
async function settle(
  context: Context,
  from: Pick<Move, "moveId" | "fromEmail">,
  { account, formerEmail }: ConfirmedEmailChange,
): Promise<void> {
  const { id: accountId, tenantId, email: subject } = account;
  const move = { ...from, tenantId, toEmail: subject };
  // Before the answer: until then the new address has guesses of its own.
  await context.throttle.moved(move).catch(() => {
    context.afterwards(context.throttle.moved(move));
  });
  if (formerEmail === null) {
    recordEvent(context, "email-changed", { tenantId, accountId, subject });
  } else {
    notifyOwner(context, "email-changed", { ...account, email: formerEmail }, { subject });
  }
}

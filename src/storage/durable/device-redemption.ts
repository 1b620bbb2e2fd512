import { sameText } from "../../bytes/same-text.ts";
import type { Caller } from "../../core/caller/caller.ts";
import {
  type DeviceGrant,
  RETRY_SECONDS,
  type Redemption,
  sessionOf,
} from "../../core/device/device-grant.ts";
import type { PollOutcome } from "../../core/device/device-grants.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import type { DeviceRecord } from "./device-record.ts";

/** How an approved grant becomes a session: once, and for a minute again under the same key. */
export class DeviceRedemption {
  readonly #record: DeviceRecord;
  readonly #sessions: () => Pick<Sessions, "openApproved">;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(record: DeviceRecord, sessions: () => Pick<Sessions, "openApproved">) {
    this.#record = record;
    this.#sessions = sessions;
  }

  /** Whether this key redeemed the grant, less than a minute ago. */
  isRetry(retryKey: string | null): boolean {
    const redemption = this.#redemption();
    return (
      redemption !== null &&
      isSameKey(redemption.retryKey, retryKey) &&
      Date.now() < redemption.redeemedAt.getTime() + RETRY_SECONDS * 1000
    );
  }

  /** While one redeem waits for the database, the others wait for it. */
  redeem(grant: DeviceGrant, retryKey: string | null): Promise<PollOutcome> {
    const mine = this.#turn.then(() => this.#redeem(grant, retryKey));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** The first answer that is kept stays; says which that is. Null when another key redeemed. */
  keepAnswer(retryKey: string, sealedAnswer: string): string | null {
    const redemption = this.#redemption();
    if (!redemption || !isSameKey(redemption.retryKey, retryKey)) {
      return null;
    }
    if (redemption.sealedAnswer !== null) {
      return redemption.sealedAnswer;
    }
    this.#record.become({ is: "redeemed", redemption: { ...redemption, sealedAnswer } });
    return sealedAnswer;
  }

  /**
   * The session is stored before the grant is marked, under an id fixed at approval: a crash
   * between the two loses nothing, and the next poll opens nothing twice.
   */
  async #redeem(grant: DeviceGrant, retryKey: string | null): Promise<PollOutcome> {
    const state = this.#record.state();
    if (state.is === "redeemed" && this.isRetry(retryKey)) {
      return this.#answerAgain(grant, state.redemption);
    }
    if (state.is !== "decided" || !state.decision.approved) {
      return { answer: "invalid_grant" };
    }
    const { decision } = state;
    const redemption = { decision, redeemedAt: new Date(), retryKey, sealedAnswer: null };
    const caller = await this.#open(grant, redemption);
    if (!caller) {
      this.#record.become({ is: "decided", decision: { approved: false } });
      return { answer: "access_denied" };
    }
    this.#record.become({ is: "redeemed", redemption });
    return { answer: "redeemed", caller };
  }

  /**
   * What was answered, or, where that was not kept because whoever asked broke off before, the same
   * session for another answer to be made of. A session that has ended since is not handed out.
   */
  async #answerAgain(grant: DeviceGrant, redemption: Redemption): Promise<PollOutcome> {
    const { sealedAnswer } = redemption;
    if (sealedAnswer !== null) {
      return { answer: "kept", sealedAnswer };
    }
    const caller = await this.#open(grant, redemption);
    return caller ? { answer: "redeemed", caller } : { answer: "invalid_grant" };
  }

  async #open(grant: DeviceGrant, { decision, redeemedAt }: Redemption): Promise<Caller | null> {
    const session = sessionOf(grant, decision, redeemedAt);
    // A grant that was approved before its session was kept has none.
    const approval = { at: decision.approvedAt, bySessionId: decision.approvedIn ?? null };
    const opened = await this.#sessions().openApproved(session, approval);
    return opened && { session: opened.session, account: opened.account };
  }

  #redemption(): Redemption | null {
    const state = this.#record.state();
    return state.is === "redeemed" ? state.redemption : null;
  }
}

/** Compared in constant time. Polls without a key have none in common. */
function isSameKey(known: string | null, presented: string | null): boolean {
  return known !== null && presented !== null && sameText(known, presented);
}

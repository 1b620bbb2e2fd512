import type { AuditEvent } from "../audit/audit-log.ts";
import type { StillIn } from "../caller/still-in.ts";

/** What somebody gives beside a password: a code of their authenticator app, or a recovery code. */
export interface GivenSecondFactor {
  code?: string | undefined;
  recoveryCode?: string | undefined;
}

/** A right second factor that still has to be spent: whether it is unused, the store decides. */
export type SecondFactorProof = {
  /** Where it was spent before, this try of it has closed the factor. A try of a passkey closes none. */
  closes: boolean;
} & (
  | { kind: "totp"; step: number }
  | {
      kind: "recovery code";
      /** What the code may be stored as: under the current master secret or the one before. */
      digests: readonly string[];
    }
  | {
      kind: "passkey";
      passkeyId: string;
      /** What its authenticator counts now: more than before, unless it does not count. */
      counter: number;
      isSynced: boolean;
      usedAt: Date;
    }
);

export interface SecondFactor {
  accountId: string;
  enrolmentId: string;
  sealedSecret: string;
  /** Null while pending. */
  confirmedAt: Date | null;
  lastStep: number;
  recoveryCodesLeft: number;
}

/** A proof, spent on something that is new each time, in the session that asks. */
export interface Spending {
  proof: SecondFactorProof;
  spentOn: string;
  by: StillIn;
}

/** Nothing is changed, and that is said as below, when the session that asks has ended. */
export interface SecondFactors {
  find(accountId: string): Promise<SecondFactor | null>;
  /** Keeps a pending secret, in place of an earlier pending one. False when one is confirmed. */
  enrol(enrolment: {
    accountId: string;
    enrolmentId: string;
    sealedSecret: string;
    by: StillIn;
  }): Promise<boolean>;
  /** Turns a pending one on, with its recovery codes: both or neither. False when it is not pending. */
  confirm(confirmation: {
    accountId: string;
    enrolmentId: string;
    step: number;
    recoveryDigests: readonly string[];
    now: Date;
    by: StillIn;
  }): Promise<boolean>;
  /** Spends the proof and removes factor and codes: all or nothing. False when it was spent. */
  remove(accountId: string, spending: Spending): Promise<boolean>;
  /**
   * Spends the proof, replaces all recovery codes and writes down that it was done, which is what has
   * them taken back when the owner says it was not them: all or nothing. False when it was spent.
   */
  replaceRecoveryCodes(
    recoveryDigests: readonly string[],
    spending: Spending,
    event: AuditEvent,
  ): Promise<boolean>;
}

/** The arithmetic of RFC 6238, beside which a code is checked. */
export interface Totp {
  /** 160 random bits, in Base32 as authenticator apps take them. */
  drawSecret(): string;
  /** The time step, newer than `afterStep` and within one of now, whose code this is; else null. */
  stepOf(secret: string, code: string, now: Date, afterStep: number): Promise<number | null>;
}

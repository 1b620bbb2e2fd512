/** What an account can be signed in to with, and what it asks for besides. */
export interface SignInMeans {
  hasPassword: boolean;
  hasSecondFactor: boolean;
  /** How many are good still. */
  recoveryCodesLeft: number;
  passkeyCount: number;
  /** Until when its address is sent nothing, since letters came back; null where it is sent letters. */
  mailStopsUntil: Date | null;
}

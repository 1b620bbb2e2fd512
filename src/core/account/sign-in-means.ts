/** What an account can be signed in to with, and what it asks for besides. */
export interface SignInMeans {
  hasPassword: boolean;
  hasSecondFactor: boolean;
  /** How many are good still. */
  recoveryCodesLeft: number;
  passkeyCount: number;
}

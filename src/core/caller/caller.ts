import type { Account } from "../account/account.ts";
import type { KeyCaller } from "../key/key.ts";
import type { Session } from "../session/session.ts";

/** Who a valid access token, page cookie or session cookie belongs to. */
export interface Caller {
  session: Session;
  account: Account;
}

/** Whoever may ask for resources: a person, or what a person gave a key to. */
export type ResourceCaller = Caller | KeyCaller;

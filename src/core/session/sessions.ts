import type { Role } from "../account/account.ts";
import type { AuditEvent } from "../audit/audit-log.ts";
import type { Caller } from "../caller/caller.ts";
import type { StillIn } from "../caller/still-in.ts";
import type { NewSession, Opening, Session, TokenSession } from "./session.ts";

export interface Sessions {
  /**
   * Opens a session if the account is enabled and everything else that `opening` expects holds. An
   * account that it makes is made with it: both or neither. Null otherwise, and where the new account's
   * address is taken, or kept for an account it was taken from lately. One round trip.
   */
  open(opening: Opening): Promise<Session | null>;
  /**
   * The same under an id that was fixed beforehand. Where a session of that id was opened before, that
   * is said and nothing is spent. One round trip.
   */
  openOnce(opening: Opening): Promise<Session | "opened before" | null>;
  /**
   * Opens the session that a person approved for a client; a second call with the same id changes
   * nothing and says `before`. Null when the account is disabled, must change its password, or
   * changed it since: whoever approved may not have been its owner. Null also where that ended the
   * session that approved, which was read just before. One round trip.
   */
  openApproved(session: NewSession, approval: Approval): Promise<OpenedSession | null>;
  /**
   * The session and its account, read from the primary; null when either has ended, or the session
   * is not at this generation of its refresh token, where one is given.
   */
  findCaller(sessionId: string, now: Date, generation?: number): Promise<Caller | null>;
  /** The living sessions of an account, the newest first: all, or as many as are asked for. */
  list(accountId: string, now: Date, most?: number): Promise<ListedSession[]>;
  /** Whose living session this is; null when there is none such. */
  findOwner(sessionId: string, now: Date): Promise<{ accountId: string; tenantId: string } | null>;
  /**
   * Moves a session of this tenant from `generation` to the next in one conditional write.
   * A generation that was moved on from less than ten seconds ago leads to the same successor.
   * Null for any other, and where the session has ended.
   */
  advance(
    step: PresentedRefresh & { idleSeconds: number },
  ): Promise<{ session: TokenSession; generation: number; role: Role } | null>;
  /**
   * Ends the session that a generation which is not good any more is of, and writes the event down with
   * it: both or neither. Its subject is the name of the session or its app, and the event's own where
   * neither has one. False where the session has ended or the generation is good. One round trip.
   */
  endReplayed(presented: PresentedRefresh, event: AuditEvent): Promise<boolean>;
  /**
   * Ends the session that an authorization code gave to an account, and writes the event down with it, in
   * the same way. False where the session has ended, or there never was one. One round trip.
   */
  endGiven(given: { accountId: string; sessionId: string }, event: AuditEvent): Promise<boolean>;
  /**
   * Ends a session that asks for it itself, or whose client does; null when it does not live. What the
   * account approved in it stays: who signs out of the session that approved a television keeps that.
   */
  end(ending: { accountId: string; sessionId: string }, now: Date): Promise<EndedSession | null>;
  /**
   * Ends what another session of the account asks to end; says which lived. Where they may have approved
   * something, all that the account approved for a device or app and that has opened no session yet goes
   * with them. None end when the session that asks has ended itself.
   */
  endOthers(accountId: string, which: OtherSessions, by: StillIn): Promise<EndedSession[]>;
  /**
   * Names a living session of an account, or takes its name. False when there is none such, or the session that
   * asks has ended.
   */
  rename(
    accountId: string,
    naming: { sessionId: string; name: string | null },
    by: StillIn,
  ): Promise<boolean>;
  /**
   * Ends the sessions that the living session `sessionId` asks to end: itself, or those listed that
   * are of the same account. What others that it ends may have approved goes as with `endOthers`. False
   * when it does not live. One round trip.
   */
  leave(
    leaving: { tenantId: string; sessionId: string; listed: readonly string[] | null },
    now: Date,
  ): Promise<boolean>;
  touch(sessionId: string, now: Date): Promise<void>;
}

export interface Approval {
  at: Date;
  /** The session in which the person said yes; null where that was not kept. */
  bySessionId: string | null;
}

/** What a refresh token says, and for whom it has to be good. */
export interface PresentedRefresh {
  tenantId: string;
  sessionId: string;
  generation: number;
  now: Date;
  /** The client that it has to be of; absent where any may bring it. */
  clientId?: string;
}

export interface OpenedSession extends Caller {
  opened: "now" | "before";
}

/** A session with its OAuth client; null where it has none, or none any more. */
export interface ListedSession extends Session {
  app: { name: string; grants: readonly string[] } | null;
}

/** What there is to tell of a session that was ended. */
export interface EndedSession extends Pick<Session, "id" | "clientId" | "name" | "userAgent"> {
  appName: string | null;
}

/** One, or all of the account but the one that asks, and with them whatever it does in another's name. */
export type OtherSessions = { id: string } | { number: number } | "all";

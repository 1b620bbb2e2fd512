/** Every reason the service says no. A reason is a fact; each contract has its own words for it. */
export type Reason = UniversalReason | CallerReason | AccountReason | SessionReason | DeviceReason;

/** What any request can meet, whichever operation it asks for. */
export type UniversalReason =
  | "invalid_request"
  | "unsupported_media_type"
  | "body_too_large"
  | "route_unknown"
  | "method_not_allowed"
  | "rate_limited"
  | "unavailable"
  | "internal";

/** What a request for a guarded operation can meet. */
export type CallerReason = "unauthenticated" | "access_token_invalid" | "cross_site";

type AccountReason =
  | "invalid_credentials"
  | "registration_closed"
  | "weak_password"
  | "mailed_link_invalid";

type SessionReason = "refresh_token_invalid" | "refresh_token_replayed" | "insufficient_scope";

type DeviceReason =
  | "client_unknown"
  | "scope_not_allowed"
  | "authorization_pending"
  | "slow_down"
  | "polling_flooded"
  | "access_denied"
  | "expired_token"
  | "invalid_grant"
  | "user_code_unknown"
  | "user_code_expired"
  | "user_code_decided";

export interface FieldIssue {
  field: string;
  /** Completes the sentence that the field's name begins: "must have at least 8 characters". */
  issue: string;
}

/** When to come back, for reasons that pass with time. */
export interface ComeBack {
  retryAfterSeconds: number;
  /** How many attempts the window allows, where one is counted. */
  limit?: number;
}

/** An operation's "no". It is returned, so a signature lists every reason its operation can give. */
export class Refused<R extends Reason = Reason> {
  readonly reason: R;
  readonly fields: readonly FieldIssue[];
  readonly comeBack: ComeBack | null;

  constructor(reason: R, detail: { fields?: readonly FieldIssue[]; comeBack?: ComeBack } = {}) {
    this.reason = reason;
    this.fields = detail.fields ?? [];
    this.comeBack = detail.comeBack ?? null;
  }
}

/** Every reason the service says no. A reason is a fact; each contract has its own words for it. */
export type Reason =
  | UniversalReason
  | CallerReason
  | PolicyReason
  | AudienceReason
  | AccountReason
  | SessionReason
  | SecondFactorReason
  | DeviceReason
  | OAuthReason
  | AdminReason;

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

/** What stands before an operation that asks who is there. */
export type CallerReason = "unauthenticated" | "access_token_invalid";

/** Why somebody who is known may not do something. */
export type PolicyReason =
  /** A scope that was not given, or a credential where only a person's sign-in will do. */
  "insufficient_scope" | "password_change_required";

/** What stands in the way of some audiences only. */
export type AudienceReason =
  /** A cookie on a request that another site's page may have made. */
  "cross_site";

type AccountReason =
  | "invalid_credentials"
  | "registration_closed"
  | "setup_complete"
  | "address_taken"
  | "address_unproved"
  | "weak_password"
  /** The new password is the old one. */
  | "password_unchanged"
  /** The account has a password, where only one without may set its first. */
  | "password_exists"
  /** The new address is the one that the account has. */
  | "email_unchanged"
  | "mailed_link_invalid"
  /** A mailed link that is for another account than the one that is signed in. */
  | "mailed_link_of_another"
  /** A mailed link that should have proved an address. */
  | "address_link_invalid"
  /** A site that mailed links may not lead to. */
  | "front_end_unknown"
  | "key_unknown"
  | "too_many_keys";

type SessionReason =
  | "refresh_token_invalid"
  | "refresh_token_replayed"
  | "session_unknown"
  | "session_of_another"
  /** The session that asks, where only others may be ended. */
  | "session_current"
  /** Too long ago, for a change that asks for proof anew. */
  | "sign_in_stale"
  | "login_code_invalid"
  | "login_code_exhausted"
  | "role_too_low"
  | "target_unknown"
  | "target_out_of_reach";

type AdminReason =
  /** It is about the service, and asked by somebody who is no superadmin of the default tenant. */
  | "operator_only"
  /** One's own account, for what would shut oneself out. */
  | "target_is_caller"
  | "target_disabled"
  /** No other superadmin of the tenant could sign in. */
  | "last_superadmin"
  /** A client that has, or would get, what whoever asks may not do. */
  | "client_out_of_reach"
  | "client_taken"
  /** A client asks for what is a person's to say. */
  | "person_only"
  /** A client without a secret, where one is to be replaced. */
  | "client_public"
  /** Opened for registration, whoever came first would be it. */
  | "superadmin_missing"
  | "letter_unknown"
  | "tenant_taken"
  | "tenant_unknown"
  | "webhook_unknown"
  | "too_many_webhooks";

type SecondFactorReason =
  | "second_factor_required"
  | "second_factor_invalid"
  | "second_factor_on"
  | "challenge_invalid"
  | PasskeyReason;

type PasskeyReason =
  | "passkey_invalid"
  /** It was added before, to whichever account. */
  | "passkey_taken"
  | "passkey_unknown"
  | "too_many_passkeys";

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
  | "user_code_decided"
  /** Whoever approves is not where the client wants them to be: where the device is. */
  | "place_differs";

type OAuthReason =
  /** No such client, no secret where it has one, or not that one. */
  | "client_unauthenticated"
  /** A grant that the client was not registered for. */
  | "grant_not_allowed"
  | "grant_type_unknown"
  | "resource_not_allowed"
  | "token_of_another"
  | "redirect_uri_unknown"
  | "response_type_unknown"
  | "request_object_unsupported"
  | "request_uri_unsupported"
  /** What `prompt=none` forbids to ask for. */
  | "sign_in_required"
  | "consent_required";

export interface FieldIssue {
  field: string;
  /** Completes the sentence that the field's name begins: "must have at least 8 characters". */
  issue: string;
  /** Which rule a new password breaks, for whoever says it in other words. */
  rule?: PasswordRule;
}

export type PasswordRule = "too_short" | "too_common" | "own_names" | "breached";

/** When to come back. */
export interface ComeBack {
  retryAfterSeconds: number;
  /** How many attempts the window allows, where one is counted. */
  limit?: number;
  /** It does not pass with time: a new password that is set by mail ends it. */
  untilRecovered?: true;
}

/** An operation's "no". It is returned, so a signature lists every reason its operation can give. */
export class Refused<R extends Reason = Reason> {
  readonly reason: R;
  readonly fields: readonly FieldIssue[];
  readonly comeBack: ComeBack | null;
  /** All that a token needs for it, where it was given too few. RFC 6750 §3.1. */
  readonly scopes: readonly string[];

  /** Another refusal will do as the detail. */
  constructor(reason: R, detail: Partial<Omit<Refused, "reason">> = {}) {
    this.reason = reason;
    this.fields = detail.fields ?? [];
    this.comeBack = detail.comeBack ?? null;
    this.scopes = detail.scopes ?? [];
  }
}

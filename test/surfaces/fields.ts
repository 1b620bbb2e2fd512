import type { Reason } from "../../src/core/refused.ts";

/** What the rows of a contract read from a body, by operation. Rows that read none are not here. */
export interface Fields {
  /** Demanded texts, in the order in which problems are told. */
  texts: readonly string[];
  /** Other fields that are demanded, with the problem of one that is missing or wrong. */
  others?: Readonly<Record<string, string>>;
  /** Fields that may be missing, with the problem of a wrong one. */
  optional?: Readonly<Record<string, string>>;
  /** Optional ones of which one has to be there: the first is asked for. */
  either?: readonly [string, string];
  /** What has to be said for this row to be the one that is asked. */
  beside?: object;
  /** Why its texts are refused where a NUL may stand in them and they are well-formed. */
  onNul?: Reason;
}

const TEXT = "must be a text";
const FLAG = "must be true or false";
const LIST = "must be a list of texts";
const credentials = { texts: ["email", "password"] };
const loginCodes = { totp_code: TEXT, recovery_code: TEXT };
const camelCodes = { totpCode: TEXT, recoveryCode: TEXT };
const branding = { brandLogoUrl: TEXT, platformName: TEXT };

// biome-ignore format: it reads as a table
export const FIELDS: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  planasonix: {
    startSignIn:          credentials,
    finishSignIn:         { texts: ["mfaToken"], onNul: "challenge_invalid", either: ["code", "recoveryCode"] },
    refresh:              { texts: ["refreshToken"], onNul: "refresh_token_invalid" },
    register:             { texts: ["email", "password", "name"] },
    requestPasswordReset: { texts: ["email"] },
    resetPassword:        { texts: ["token", "password"], onNul: "mailed_link_invalid" },
    verifyEmail:          { texts: ["token"], onNul: "mailed_link_invalid" },
    startDeviceGrant:     { texts: ["clientId"], onNul: "client_unknown", optional: { scopes: LIST } },
    redeemDeviceGrant:    { texts: ["deviceCode", "clientId"], onNul: "invalid_grant" },
    decideDeviceGrant:    { texts: ["userCode"], onNul: "user_code_unknown", optional: { approve: FLAG, scopes: LIST } },
    updateProfile:        { texts: [], optional: { display_name: TEXT, timezone: TEXT, locale: TEXT } },
    changePassword:       { texts: ["current_password", "new_password"], onNul: "invalid_credentials" },
    enrolTotp:            { texts: [], others: { method: "must be totp" } },
    confirmTotp:          { texts: ["enrollment_id", "code"], onNul: "second_factor_invalid" },
    disableTotp:          { texts: ["password", "code"], onNul: "invalid_credentials" },
    createKey:            { texts: ["name"], others: { scopes: LIST }, optional: { expires_at: "must be a time, such as 2030-01-31T12:00:00Z" } },
  },
  lnchr: {
    setUp:              { texts: ["email", "password", "first_name", "last_name"] },
    signIn:             { ...credentials, optional: loginCodes },
    sendLoginCode:      { texts: ["email"], optional: { method: 'must be "email"' } },
    signInWithCode:     { texts: ["email", "code"], optional: loginCodes },
    updateProfile:      { texts: [], optional: { first_name: TEXT, last_name: TEXT } },
    changePassword:     { texts: ["current_password", "new_password"], onNul: "invalid_credentials" },
    setInitialPassword: { texts: [], either: ["new_password", "password"] },
    createServiceKey:   { texts: ["name"], optional: { expires_at: "must be an RFC 3339 time" } },
  },
  credebl: {
    signIn:                 { ...credentials, optional: camelCodes },
    refresh:                { texts: ["refreshToken"], onNul: "refresh_token_invalid" },
    signOut:                { texts: [], optional: { sessions: "must be a list of UUIDs" } },
    requestPasswordResetAt: { texts: ["email"], optional: { endpoint: TEXT, clientAlias: TEXT, ...branding } },
    resetPassword:          { texts: ["password", "token"], onNul: "mailed_link_invalid" },
    replacePassword:        { texts: ["email", "oldPassword", "newPassword"], optional: camelCodes },
    requestAddressProof:    { texts: ["email"], optional: branding },
    signUp:                 { texts: ["email", "password", "firstName", "lastName"] },
  },
  pionne: {
    registerAndSignIn:    { texts: ["email", "password", "name"] },
    startSignIn:          credentials,
    finishSignIn:         { texts: ["totp_token"], onNul: "challenge_invalid", either: ["code", "recovery_code"] },
    enrolTotp:            { texts: ["password"], onNul: "invalid_credentials" },
    confirmTotp:          { texts: ["code"], onNul: "second_factor_invalid" },
    disableTotp:          { texts: ["password"], onNul: "invalid_credentials", either: ["code", "recovery_code"] },
    replaceRecoveryCodes: { texts: ["code"], onNul: "second_factor_invalid" },
  },
  planpoint: {
    impersonate:   { texts: ["username"], beside: { impersonate: true } },
    signIn:        { texts: ["username", "password"], optional: { code: TEXT, recoveryCode: TEXT } },
    updateProfile: { texts: [], optional: { name: TEXT, lastName: TEXT, phone: TEXT, companyName: TEXT, projectNameURL: TEXT, country: TEXT, address1: TEXT, address2: TEXT, city: TEXT, region: TEXT, zip: TEXT, preferences: "must be an object" } },
  },
};

/** The names of all fields that any contract reads from a body. */
export const FIELD_NAMES: readonly string[] = [
  ...new Set(
    Object.values(FIELDS)
      .flatMap((rows) => Object.values(rows))
      .flatMap(({ texts, others, optional, either = [], beside = {} }) => [
        ...texts,
        ...either,
        ...Object.keys({ ...others, ...optional, ...beside }),
      ]),
  ),
];

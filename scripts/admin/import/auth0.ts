import { listOf, type Mapper, textOf, timeOf } from "./foreign-row.ts";

/**
 * Auth0's export with password hashes, one account a line, or the objects that its own import takes.
 * https://auth0.com/docs/troubleshoot/customer-support/manage-subscriptions/export-data,
 * https://auth0.com/docs/manage-users/user-migration/bulk-user-import-schema
 */
export const auth0: Mapper = (user) => {
  const apps = listOf(user, "mfa_factors").flatMap(({ totp }) =>
    totp !== null && typeof totp === "object" ? [totp as Record<string, unknown>] : [],
  );
  const [app] = apps;
  const custom = user["custom_password_hash"];
  const hash = textOf(user, "passwordHash") ?? textOf(user, "password_hash");
  return {
    row: {
      email: textOf(user, "email") ?? "",
      email_verified: user["email_verified"] === true,
      name: textOf(user, "name"),
      given_name: textOf(user, "given_name"),
      family_name: textOf(user, "family_name"),
      disabled: user["blocked"] === true,
      created_at: timeOf(user, "created_at"),
      password_hash: hash ?? customHash(custom),
      totp_secret: app ? textOf(app, "secret") : null,
    },
    notes:
      listOf(user, "mfa_factors").length > apps.length || textOf(user, "multifactor_last_modified")
        ? ["a second factor other than an authenticator app was not taken"]
        : [],
  };
};

/** Of `custom_password_hash` what is written in PHC form or as bcrypt; any other says of itself that it is not. */
function customHash(custom: unknown): string | null {
  if (custom === null || typeof custom !== "object") {
    return null;
  }
  const { hash } = custom as { hash?: { value?: unknown } };
  return typeof hash?.value === "string" ? hash.value : "custom_password_hash";
}

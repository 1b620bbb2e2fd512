import { isFields, type Mapper, textOf, timeOf } from "./foreign-row.ts";

/** For good, or until a time: an import does not count the days. */
const isBanned = (until: number | null, now: Date) => until !== null && until > now.getTime();

/**
 * Supabase's table `auth.users`: `SELECT row_to_json(u) FROM auth.users u`. Its passwords are bcrypt, or
 * what was imported there: argon2 and Firebase's scrypt, in the text that is read here too.
 * https://supabase.com/docs/guides/auth/managing-user-data,
 * https://github.com/supabase/auth/blob/master/internal/crypto/password.go
 */
export const supabase: Mapper = (user, now) => {
  const said = isFields(user["raw_user_meta_data"]) ? user["raw_user_meta_data"] : {};
  return {
    row: {
      email: textOf(user, "email") ?? "",
      // `confirmed_at` beside it is a phone number's as well.
      email_verified_at: timeOf(user, "email_confirmed_at"),
      name: textOf(said, "full_name") ?? textOf(said, "name"),
      disabled: isBanned(timeOf(user, "banned_until"), now) || timeOf(user, "deleted_at") !== null,
      created_at: timeOf(user, "created_at"),
      password_hash: textOf(user, "encrypted_password"),
    },
    notes: user["is_sso_user"] === true ? ["it signed in by SSO, which was not taken"] : [],
  };
};

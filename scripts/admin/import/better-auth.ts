import { type Fields, listOf, type Mapper, textOf, timeOf } from "./foreign-row.ts";
import { RowProblem } from "./row-problem.ts";

/**
 * better-auth's table `user`, each with its rows of `account`:
 * `SELECT json_object(…user…, 'accounts', json_array(…account…))`. Its passwords are scrypt of N 16384,
 * r 16, p 1 and 64 bytes, whose salt is the hexadecimal text itself, of the password in NFKC.
 * https://www.better-auth.com/docs/concepts/database#core-schema,
 * https://github.com/better-auth/better-auth/blob/main/packages/better-auth/src/crypto/password.ts
 */
export const betterAuth: Mapper = (user) => {
  const own = listOf(user, "accounts").find((account) => account["providerId"] === "credential");
  const password = own ? textOf(own, "password") : null;
  return {
    row: {
      email: textOf(user, "email") ?? "",
      email_verified: flagOf(user, "emailVerified"),
      name: textOf(user, "name"),
      disabled: flagOf(user, "banned"),
      created_at: timeOf(user, "createdAt"),
      password_hash: password === null ? null : passwordHash(password),
      role: roleOf(user),
    },
    notes: flagOf(user, "twoFactorEnabled")
      ? ["its second factor is sealed under better-auth's own secret and was not taken"]
      : [],
  };
};

function passwordHash(password: string): string {
  const [, salt = "", hash = ""] = /^([0-9a-f]+):([0-9a-f]{128})$/.exec(password) ?? [];
  if (salt === "") {
    // A custom `password.hash` may have made one of the kinds that are read as they are.
    if (password.startsWith("$")) {
      return password;
    }
    throw new RowProblem("password is neither better-auth's own scrypt nor a hash in PHC form");
  }
  const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  const hashBytes = Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `$scrypt$ln=14,r=16,p=1$${base64(new TextEncoder().encode(salt))}$${base64(hashBytes)}`;
}

/** SQLite has no booleans. */
function flagOf(user: Fields, field: string): boolean {
  return [true, 1, "t", "true"].includes(user[field] as string);
}

/** The admin plugin's. */
function roleOf(user: Fields): "admin" | null {
  return textOf(user, "role")?.split(",").includes("admin") ? "admin" : null;
}

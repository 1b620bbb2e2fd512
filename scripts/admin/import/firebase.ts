import { listOf, type Mapper, textOf, timeOf } from "./foreign-row.ts";
import { RowProblem } from "./row-problem.ts";

/** What a project's console shows as its password hash parameters. They are secrets of that project. */
export interface FirebaseHashing {
  /** base64_signer_key */
  signerKey: string;
  /** base64_salt_separator */
  saltSeparator: string;
  rounds: number;
  memoryCost: number;
}

/**
 * The list `users` of `firebase auth:export users.json`. Its hashes are Firebase's own scrypt, whose
 * parameters are the project's and not in the file.
 * https://firebase.google.com/docs/cli/auth
 */
export function firebase(hashing: FirebaseHashing | null): Mapper {
  return (user) => {
    const hash = textOf(user, "passwordHash");
    const providers = listOf(user, "providerUserInfo")
      .map((info) => textOf(info, "providerId"))
      .filter((provider) => provider !== null && provider !== "password");
    return {
      row: {
        email: textOf(user, "email") ?? "",
        email_verified: user["emailVerified"] === true,
        name: textOf(user, "displayName"),
        disabled: user["disabled"] === true,
        created_at: timeOf(user, "createdAt"),
        password_hash: hash === null ? null : passwordHash(hash, textOf(user, "salt"), hashing),
      },
      notes: [
        ...(providers.length > 0 ? [`signing in by ${providers.join(", ")} was not taken`] : []),
        ...(listOf(user, "mfaInfo").length > 0 ? ["its second factor was not taken"] : []),
      ],
    };
  };
}

function passwordHash(hash: string, salt: string | null, hashing: FirebaseHashing | null): string {
  if (!hashing) {
    throw new RowProblem(
      "it has a password: --firebase-hashing names the file with the project's hash_config",
    );
  }
  const { signerKey, saltSeparator, rounds, memoryCost } = hashing;
  const cost = `v=1,n=${memoryCost},r=${rounds},p=1`;
  return `$fbscrypt$${cost},ss=${saltSeparator},sk=${signerKey}$${salt ?? ""}$${hash}`;
}

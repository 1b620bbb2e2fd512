import { fromBase32, toBase32 } from "../../../src/crypto/base32.ts";
import { type Fields, isFields, listOf, type Mapper, textOf, timeOf } from "./foreign-row.ts";
import { RowProblem } from "./row-problem.ts";

/**
 * The list `users` of Keycloak's `kc.sh export --users realm_file`, whose credentials are two texts of
 * JSON each. Realm roles are roles of the realm and none of ours.
 * https://www.keycloak.org/server/importExport,
 * https://www.keycloak.org/docs-api/latest/rest-api/index.html#CredentialRepresentation
 */
export const keycloak: Mapper = (user) => {
  const credentials = listOf(user, "credentials");
  const of = (type: string) => credentials.filter((credential) => credential["type"] === type);
  const [password] = of("password");
  const apps = of("otp").map(totpSecret);
  const others = credentials.filter(({ type }) => type !== "password" && type !== "otp");
  return {
    row: {
      email: textOf(user, "email") ?? "",
      email_verified: user["emailVerified"] === true,
      given_name: textOf(user, "firstName"),
      family_name: textOf(user, "lastName"),
      disabled: user["enabled"] === false,
      created_at: timeOf(user, "createdTimestamp"),
      password_hash: password ? passwordHash(password) : null,
      must_reset_password: password?.["temporary"] === true || requires(user, "UPDATE_PASSWORD"),
      totp_secret: apps.find((secret) => secret !== null) ?? null,
    },
    notes: [
      ...(apps.filter((secret) => secret !== null).length > 1
        ? ["of its authenticator apps the first was taken"]
        : []),
      ...(apps.includes(null)
        ? ["an authenticator app of other than SHA-1, six digits and 30 seconds was not taken"]
        : []),
      ...[
        ...new Set(
          others.map(({ type }) => `a credential of type ${JSON.stringify(type)} was not taken`),
        ),
      ],
    ],
  };
};

function requires(user: Fields, action: string): boolean {
  const actions = user["requiredActions"];
  return Array.isArray(actions) && actions.includes(action);
}

function passwordHash(credential: Fields): string {
  const { secret, data } = partsOf(credential);
  const [value, salt] = [textOf(secret, "value") ?? "", textOf(secret, "salt") ?? ""];
  const iterations = Number(data["hashIterations"]);
  const algorithm = textOf(data, "algorithm") ?? "";
  switch (algorithm) {
    case "pbkdf2":
      return `$pbkdf2-sha1$i=${iterations}$${salt}$${value}`;
    case "pbkdf2-sha256":
    case "pbkdf2-sha512":
      return `$${algorithm}$i=${iterations}$${salt}$${value}`;
    case "argon2":
      return argon2(isFields(data["additionalParameters"]) ? data["additionalParameters"] : {}, {
        iterations,
        salt,
        value,
      });
    default:
      throw new RowProblem(
        `its password is hashed by ${JSON.stringify(algorithm)}, which is not known here`,
      );
  }
}

/** Each parameter is a list of one text. */
function argon2(
  parameters: Fields,
  { iterations, salt, value }: { iterations: number; salt: string; value: string },
): string {
  const first = (name: string) => String(parameters[name] ?? "");
  const [type, version] = [first("type"), first("version")];
  if (type !== "id" || version !== "1.3") {
    throw new RowProblem(
      `its password is hashed by argon2 of type ${type}, version ${version}; only id, 1.3 is taken`,
    );
  }
  const cost = `m=${first("memory")},t=${iterations},p=${first("parallelism")}`;
  return `$argon2id$v=19$${cost}$${salt}$${value}`;
}

/** Null for an app that counts otherwise than ours. Its secret is a text whose bytes are the key. */
function totpSecret(credential: Fields): string | null {
  const { secret, data } = partsOf(credential);
  const value = textOf(secret, "value") ?? "";
  const isOurs =
    data["subType"] === "totp" &&
    data["digits"] === 6 &&
    data["period"] === 30 &&
    data["algorithm"] === "HmacSHA1";
  if (!isOurs) {
    return null;
  }
  const isBase32 = data["secretEncoding"] === "BASE32" && fromBase32(value) !== null;
  return isBase32 ? value : toBase32(new TextEncoder().encode(value));
}

function partsOf(credential: Fields): { secret: Fields; data: Fields } {
  const parse = (field: string): Fields => {
    try {
      const value: unknown = JSON.parse(textOf(credential, field) ?? "");
      return isFields(value) ? value : {};
    } catch {
      throw new RowProblem(`a credential's ${field} is no text of JSON`);
    }
  };
  return { secret: parse("secretData"), data: parse("credentialData") };
}

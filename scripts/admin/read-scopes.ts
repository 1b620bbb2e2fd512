import { Problem } from "../problem.ts";

/** A list of scopes, with commas between them. RFC 6749 §3.3. */
export function readScopes(given: string): string[] {
  const scopes = [...new Set(given.split(",").map((scope) => scope.trim()))];
  for (const scope of scopes) {
    if (!/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(scope)) {
      throw new Problem(
        `${JSON.stringify(scope)} is not a scope.`,
        "Give them with commas between them: --scopes openid,profile,email",
      );
    }
  }
  return scopes;
}

import { randomBytes } from "node:crypto";

/** What Latchkey runs on in the tests: a secret of this run, and passwords that are cheap to hash. */
export function latchkeyVariables(url: string): Readonly<Record<string, string>> {
  return {
    ENVIRONMENT: "development",
    PUBLIC_URL: url,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    PASSWORD_ITERATIONS: "1000",
  };
}

import { emailOf } from "../running/people.ts";

/** So many accounts as lines of NDJSON, as `import` takes them: the hashes take turns. */
export function* lines(accounts: number, hashes: readonly string[]): Generator<string> {
  for (let number = 0; number < accounts; number++) {
    const row = {
      email: emailOf(number),
      email_verified: true,
      name: "Robin Example",
      password_hash: hashes[number % hashes.length],
    };
    yield `${JSON.stringify(row)}\n`;
  }
}

import { answerTo } from "./answer-to.ts";
import type { Person } from "./person.ts";

/** Five wrong passwords from each: so many that together they close an account. */
const ADDRESSES = Array.from({ length: 20 }, (_, number) => `203.0.113.${number}`);
const ROUNDS = 5;

/** Tries a hundred wrong passwords at an account, from many addresses at once: the answers' statuses. */
export async function tryHundredPasswords({ email }: Person): Promise<number[]> {
  const statuses: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const answers = await Promise.all(
      ADDRESSES.map((address, number) => {
        const password = `wrong-guess-${round}-${number}`;
        return answerTo("/api/login", { address, body: { email, password } });
      }),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  return statuses;
}

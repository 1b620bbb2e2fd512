const ROUNDS = 5;
export const AT_ONCE = 20;

interface Race<Prize, Answer> {
  /** Makes what a round is about. */
  prepare(): Promise<Prize>;
  /** One of the requests that begin at once. */
  request(prize: Prize, index: number): Promise<Answer>;
  /** What has to hold once all are answered. */
  judge(prize: Prize, answers: readonly Answer[]): Promise<void>;
}

/** Runs a race over HTTP in every round, each about a prize of its own. */
export async function race<Prize, Answer>(race: Race<Prize, Answer>): Promise<void> {
  const prizes = await Promise.all(Array.from({ length: ROUNDS }, () => race.prepare()));
  for (const prize of prizes) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => race.request(prize, index)),
    );
    await race.judge(prize, answers);
  }
}

/** One request to send. */
export interface Ask {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends a request outside of what is timed, and gives the whole answer. */
export type Send = (ask: Ask) => Promise<Answer>;

/** A part of a round: what is done in the first is not measured. */
export type Phase = "warm-up" | "measured";

/**
 * How one service is asked for one thing. An item is what a request needs of its own, such as a token:
 * each is in use by one connection at a time.
 */
export interface Contender<Item = never> {
  /**
   * Makes what a phase needs, while its time does not run; `left` is what was not used up, in order of
   * use. Asked again when that is used up before the time is over.
   */
  prepare(send: Send, left: Item[], phase: Phase): Promise<Item[]>;
  ask(item: Item): Ask;
  /** What the item has become, null for one that is used up. Throws at an answer that is not right. */
  read(answer: Answer, item: Item): Item | null;
}

/** Keeps the items of different contenders apart without naming their types. */
// biome-ignore lint/suspicious/noExplicitAny: what one makes is handed to itself alone
export type AnyContender = Contender<any>;

/** Throws unless the answer has that status and those words in it. */
export function expectAnswer(answer: Answer, status: number, words: string): void {
  if (answer.status !== status || !answer.body.includes(words)) {
    throw new WrongAnswer(answer, `${status} with ${words}`);
  }
}

/** A service answered other than it must: what was measured is not what was meant. */
export class WrongAnswer extends Error {
  override readonly name = "WrongAnswer";

  constructor({ status, body }: Answer, expected: string) {
    super(`Answered ${status} ${body.slice(0, 300)} where ${expected} was expected`);
  }
}

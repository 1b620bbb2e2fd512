import { DurableObject } from "cloudflare:workers";
import type { Word } from "../../core/device/device-grant.ts";
import type {
  DecideOutcome,
  DescribeOutcome,
  TooManyGuesses,
  UserCodeGuess,
  UserCodes,
} from "../../core/device/user-codes.ts";
import {
  type Guesser,
  guessersOf,
  type UserCodeLimits,
  WRONG_CODE_SECONDS,
} from "../../core/device/wrong-user-codes.ts";
import { type DeviceGrantObject, grantStub } from "./device-grant.ts";
import { plain } from "./plain.ts";

interface Bindings {
  DEVICE_GRANT: DurableObjectNamespace<DeviceGrantObject>;
}

/**
 * The one desk of a tenant at which user codes are entered. It counts wrong ones exactly and asks
 * the grant itself, so that a right code costs no count and a refusal covers a right one too.
 * RFC 8628 §5.1.
 */
export class CodeEntryObject<Env extends Bindings = Bindings> extends DurableObject<Env> {
  /** Guesses whose outcome is not known yet: any of them could be wrong, so each holds a place. */
  readonly #underWay = new Map<Promise<unknown>, readonly Guesser[]>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS wrong (subject TEXT, at INTEGER)");
    ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS wrong_subject ON wrong (subject, at)");
  }

  describe(
    guess: UserCodeGuess,
    limits: UserCodeLimits,
  ): Promise<DescribeOutcome | TooManyGuesses> {
    return this.#enter(guessersOf(guess, limits), () =>
      plain<DescribeOutcome>(this.#grant(guess).describe()),
    );
  }

  decide(
    guess: UserCodeGuess,
    word: Word,
    limits: UserCodeLimits,
  ): Promise<DecideOutcome | TooManyGuesses> {
    return this.#enter(guessersOf(guess, limits), () =>
      plain<DecideOutcome>(this.#grant(guess).decide(word, guess.accountId)),
    );
  }

  /** Forgets what has left the window, and everything once nothing is left in it. */
  override async alarm(): Promise<void> {
    this.ctx.storage.sql.exec("DELETE FROM wrong WHERE at <= ?", windowStart());
    const [left] = this.ctx.storage.sql.exec("SELECT 1 FROM wrong LIMIT 1");
    if (left) {
      await this.ctx.storage.setAlarm(Date.now() + WRONG_CODE_SECONDS * 1000);
    }
  }

  async #enter<T extends { is: string }>(
    guessers: readonly Guesser[],
    ask: () => Promise<T>,
  ): Promise<T | TooManyGuesses> {
    while (guessers.some((guesser) => this.#isFull(guesser))) {
      const closed = guessers.find((one) => this.#wrongCodes(one) >= one.limit);
      if (closed) {
        return this.#refusal(closed);
      }
      await Promise.race(this.#underWay.keys()).catch(() => undefined);
    }
    // Nothing is awaited between finding a place and taking it, or many would take the same one.
    const asked = ask().then(async (outcome) => {
      if (outcome.is === "unknown") {
        await this.#countWrong(guessers);
      }
      return outcome;
    });
    this.#underWay.set(asked, guessers);
    try {
      return await asked;
    } finally {
      this.#underWay.delete(asked);
    }
  }

  #isFull(guesser: Guesser): boolean {
    return this.#wrongCodes(guesser) + this.#guessesUnderWay(guesser) >= guesser.limit;
  }

  #wrongCodes({ name }: Guesser): number {
    return this.ctx.storage.sql
      .exec<{ count: number }>(
        "SELECT count(*) AS count FROM wrong WHERE subject = ? AND at > ?",
        name,
        windowStart(),
      )
      .one().count;
  }

  #guessesUnderWay({ name }: Guesser): number {
    const guesses = [...this.#underWay.values()].flat();
    return guesses.filter((guesser) => guesser.name === name).length;
  }

  #refusal({ name, limit }: Guesser): TooManyGuesses {
    const { oldest } = this.ctx.storage.sql
      .exec<{ oldest: number }>(
        "SELECT min(at) AS oldest FROM wrong WHERE subject = ? AND at > ?",
        name,
        windowStart(),
      )
      .one();
    const retryAfterSeconds = Math.max(1, Math.ceil((oldest - windowStart()) / 1000));
    return { is: "throttled", retryAfterSeconds, limit };
  }

  async #countWrong(guessers: readonly Guesser[]): Promise<void> {
    for (const { name } of guessers) {
      this.ctx.storage.sql.exec("INSERT INTO wrong VALUES (?, ?)", name, Date.now());
    }
    if ((await this.ctx.storage.getAlarm()) === null) {
      await this.ctx.storage.setAlarm(Date.now() + WRONG_CODE_SECONDS * 1000);
    }
  }

  #grant({ tenantId, userCode }: UserCodeGuess) {
    return grantStub(this.env.DEVICE_GRANT, tenantId, userCode);
  }
}

export function durableUserCodes(
  namespace: DurableObjectNamespace<CodeEntryObject>,
  limits: UserCodeLimits,
): UserCodes {
  const desk = ({ tenantId }: UserCodeGuess) => namespace.get(namespace.idFromName(tenantId));
  return {
    describe: (guess) => plain(desk(guess).describe(guess, limits)),
    decide: (guess, word) => plain(desk(guess).decide(guess, word, limits)),
  };
}

function windowStart(): number {
  return Date.now() - WRONG_CODE_SECONDS * 1000;
}

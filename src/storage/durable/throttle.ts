import { DurableObject } from "cloudflare:workers";
import type { CoreSettings } from "../../core/ports.ts";
import { CHALLENGE_SECONDS, CHALLENGE_TRIES } from "../../core/session/challenge.ts";
import {
  acceptAttempt,
  countAttempt,
  type FactorAttempts,
  moreOfBoth,
  noAttempts,
  reopenAttempts,
  takeBackAttempt,
} from "../../core/throttle/factor-attempts.ts";
import { forgetFailuresAt } from "../../core/throttle/forget-failures.ts";
import type { Attempt, Factor, Throttle, Wait } from "../../core/throttle/throttle.ts";
import { KeptBySubject, placeOf, sweep, sweepLater } from "./kept-by-subject.ts";
import { plain } from "./plain.ts";

const HOUR_MS = 3600 * 1000;

/** How long what moves is remembered: much longer than anybody tries again. */
const MOVE_MS = HOUR_MS;

/** Counts by subject: a factor of an account, a challenge, or one kind of mail to one address. */
export class ThrottleObject extends DurableObject {
  readonly #attempts = new KeptBySubject<FactorAttempts>(this.ctx.storage, "attempts");
  readonly #moved = new KeptBySubject<FactorAttempts>(this.ctx.storage, "moved");
  readonly #taken = new KeptBySubject<number[]>(this.ctx.storage, "taken");

  async attempt(subject: string, address: string, limits: CoreSettings): Promise<Attempt> {
    const counted = countAttempt(this.attempts(subject), address, new Date(), limits);
    const { attempts, wait } = counted;
    if (!wait) {
      await this.replace(subject, attempts);
    }
    return { wait, closes: !wait && attempts.failures >= limits.passwordFailuresBeforeClosing };
  }

  async accepted(subject: string, address: string): Promise<void> {
    await this.replace(subject, acceptAttempt(this.attempts(subject), address));
  }

  async undecided(subject: string, address: string): Promise<void> {
    await this.replace(subject, takeBackAttempt(this.attempts(subject), address));
  }

  async reopened(subject: string, limits: CoreSettings): Promise<void> {
    await this.replace(subject, reopenAttempts(this.attempts(subject), new Date(), limits));
  }

  attempts(subject: string): FactorAttempts {
    return this.#attempts.get(subject) ?? noAttempts;
  }

  /** Written before anything is awaited: between reading and this, nobody else gets a turn. */
  async replace(subject: string, attempts: FactorAttempts): Promise<void> {
    if (attempts.failures === 0 && Object.keys(attempts.byAddress).length === 0) {
      this.#attempts.remove(subject);
      return;
    }
    const until = forgetFailuresAt(attempts.failures, new Date());
    this.#attempts.put(subject, attempts, until.getTime());
    await sweepLater(this.ctx.storage);
  }

  /** Gives away what was counted. A move that is tried again gets the same again. */
  async moveOut(subject: string, moveId: string): Promise<FactorAttempts> {
    const move = `${subject} ${moveId}`;
    const movedBefore = this.#moved.get(move);
    if (movedBefore) {
      return movedBefore;
    }
    const attempts = this.attempts(subject);
    this.#attempts.remove(subject);
    this.#moved.put(move, attempts, Date.now() + MOVE_MS);
    await sweepLater(this.ctx.storage);
    return attempts;
  }

  /** Takes what was counted elsewhere. A move that is tried again changes nothing of what was counted since. */
  async moveIn(subject: string, moveId: string, moved: FactorAttempts): Promise<void> {
    const move = `${subject} ${moveId}`;
    if (this.#moved.get(move)) {
      return;
    }
    this.#moved.put(move, moved, Date.now() + MOVE_MS);
    await this.replace(subject, moreOfBoth(this.attempts(subject), moved));
    await sweepLater(this.ctx.storage);
  }

  /** Takes one of `limit` places in any window of that length. */
  async take(subject: string, limit: number, windowMs: number): Promise<Wait | null> {
    const now = Date.now();
    const taken = (this.#taken.get(subject) ?? []).filter((at) => at > now - windowMs);
    const [oldest] = taken;
    if (oldest !== undefined && taken.length >= limit) {
      return { retryAfterSeconds: Math.ceil((oldest + windowMs - now) / 1000), limit };
    }
    this.#taken.put(subject, [...taken, now], now + windowMs);
    await sweepLater(this.ctx.storage);
    return null;
  }

  override async alarm(): Promise<void> {
    await sweep(this.ctx.storage, this.#attempts, this.#moved, this.#taken);
  }
}

/** Exact counts in Durable Objects. */
export function durableThrottle(
  namespace: DurableObjectNamespace<ThrottleObject>,
  settings: CoreSettings,
): Throttle {
  const counter = async (...name: string[]) => {
    const { shard, subject } = await placeOf(...name);
    return [namespace.get(namespace.idFromName(shard)), subject] as const;
  };

  const counterOf = (factor: Factor, { tenantId, email }: { tenantId: string; email: string }) =>
    counter(factor, tenantId, email);

  return {
    async attempt(factor, who) {
      const [counts, subject] = await counterOf(factor, who);
      return plain(counts.attempt(subject, who.address, settings));
    },
    async accepted(factor, who) {
      const [counts, subject] = await counterOf(factor, who);
      await counts.accepted(subject, who.address);
    },
    async undecided(factor, who) {
      const [counts, subject] = await counterOf(factor, who);
      await counts.undecided(subject, who.address);
    },
    async recovered(account) {
      const [password, passwordSubject] = await counterOf("password", account);
      const [secondFactor, secondFactorSubject] = await counterOf("second factor", account);
      await Promise.all([
        password.replace(passwordSubject, noAttempts),
        secondFactor.reopened(secondFactorSubject, settings),
      ]);
    },
    async moved({ moveId, tenantId, fromEmail, toEmail }) {
      const move = async (factor: Factor) => {
        const [from, fromSubject] = await counterOf(factor, { tenantId, email: fromEmail });
        const [to, toSubject] = await counterOf(factor, { tenantId, email: toEmail });
        const moved = await plain<FactorAttempts>(from.moveOut(fromSubject, moveId));
        await to.moveIn(toSubject, moveId, moved);
      };
      await Promise.all([move("password"), move("second factor")]);
    },
    async challenge(challengeId) {
      const [tries, subject] = await counter("challenge", challengeId);
      return (await plain(tries.take(subject, CHALLENGE_TRIES, CHALLENGE_SECONDS * 1000))) === null;
    },
    async mail({ kind, tenantId, email }) {
      const [mails, subject] = await counter("mail", kind, tenantId, email);
      return plain(mails.take(subject, settings.mailsPerHour, HOUR_MS));
    },
  };
}

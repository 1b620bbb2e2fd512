import { DurableObject } from "cloudflare:workers";
import type { CoreSettings } from "../../core/ports.ts";
import {
  acceptAttempt,
  countAttempt,
  noAttempts,
  type PasswordAttempts,
  reopenAttempts,
  takeBackAttempt,
} from "../../core/throttle/password-attempts.ts";
import type { Factor, Throttle, Wait } from "../../core/throttle/throttle.ts";
import { plain } from "./plain.ts";

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** So long that nobody gets a fresh hundred guesses by waiting. */
const FORGOTTEN_AFTER_MS = 365 * DAY_MS;
/** A slip or two, or an address that somebody made up: not worth a year. */
const FEW_FAILURES = 2;
const FEW_FORGOTTEN_AFTER_MS = 30 * DAY_MS;

/** How long a challenge can be tried: no shorter than it lives. */
const CHALLENGE_MS = 10 * 60 * 1000;
const CHALLENGE_TRIES = 5;

/** Counts for one subject: a factor of an account, a challenge, or one kind of mail to one address. */
export class ThrottleObject extends DurableObject {
  attempt(address: string, limits: CoreSettings): Wait | null {
    const counted = countAttempt(this.attempts(), address, new Date(), limits);
    if (!counted.wait) {
      this.#keep(counted.attempts);
    }
    return counted.wait;
  }

  async accepted(address: string): Promise<void> {
    await this.#keepWhatIsLeft(acceptAttempt(this.attempts(), address));
  }

  async undecided(address: string): Promise<void> {
    await this.#keepWhatIsLeft(takeBackAttempt(this.attempts(), address));
  }

  async reopened(limits: CoreSettings): Promise<void> {
    await this.#keepWhatIsLeft(reopenAttempts(this.attempts(), limits));
  }

  attempts(): PasswordAttempts {
    return this.ctx.storage.kv.get<PasswordAttempts>("attempts") ?? noAttempts;
  }

  async replace(attempts: PasswordAttempts): Promise<void> {
    await this.#keepWhatIsLeft(attempts);
  }

  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  /** Takes one of `limit` places in any window of that length. */
  take(limit: number, windowMs: number): Wait | null {
    const now = Date.now();
    const taken = (this.ctx.storage.kv.get<number[]>("taken") ?? []).filter(
      (at) => at > now - windowMs,
    );
    const [oldest] = taken;
    if (oldest !== undefined && taken.length >= limit) {
      return { retryAfterSeconds: Math.ceil((oldest + windowMs - now) / 1000), limit };
    }
    this.ctx.storage.kv.put("taken", [...taken, now]);
    this.#forgetIn(windowMs);
    return null;
  }

  override async alarm(): Promise<void> {
    await this.forget();
  }

  async #keepWhatIsLeft(attempts: PasswordAttempts): Promise<void> {
    if (attempts.failures === 0 && Object.keys(attempts.byAddress).length === 0) {
      await this.forget();
    } else {
      this.#keep(attempts);
    }
  }

  #keep(attempts: PasswordAttempts): void {
    const areFew = attempts.failures <= FEW_FAILURES;
    this.ctx.storage.kv.put("attempts", attempts);
    this.#forgetIn(areFew ? FEW_FORGOTTEN_AFTER_MS : FORGOTTEN_AFTER_MS);
  }

  #forgetIn(milliseconds: number): void {
    this.ctx.waitUntil(this.ctx.storage.setAlarm(Date.now() + milliseconds));
  }
}

/** Exact counts in Durable Objects, which are named after a digest: no address stands in a name. */
export function durableThrottle(
  namespace: DurableObjectNamespace<ThrottleObject>,
  settings: CoreSettings,
): Throttle {
  const subject = async (...name: string[]) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name.join("\n")));
    return namespace.get(namespace.idFromName(new Uint8Array(digest).toHex()));
  };

  const counterOf = (factor: Factor, { tenantId, email }: { tenantId: string; email: string }) =>
    subject(factor, tenantId, email);

  return {
    async attempt(factor, who) {
      return plain((await counterOf(factor, who)).attempt(who.address, settings));
    },
    async accepted(factor, who) {
      await (await counterOf(factor, who)).accepted(who.address);
    },
    async undecided(factor, who) {
      await (await counterOf(factor, who)).undecided(who.address);
    },
    async isClosed(factor, account) {
      const counter = await counterOf(factor, account);
      const { failures } = await plain<PasswordAttempts>(counter.attempts());
      return failures >= settings.passwordFailuresBeforeClosing;
    },
    async recovered(account) {
      const [password, secondFactor] = await Promise.all([
        counterOf("password", account),
        counterOf("second factor", account),
      ]);
      await Promise.all([password.forget(), secondFactor.reopened(settings)]);
    },
    async moved({ tenantId, fromEmail, toEmail }) {
      const move = async (factor: Factor) => {
        const from = await counterOf(factor, { tenantId, email: fromEmail });
        const to = await counterOf(factor, { tenantId, email: toEmail });
        await to.replace(await plain(from.attempts()));
      };
      await Promise.all([move("password"), move("second factor")]);
    },
    async challenge(challengeId) {
      const tries = await subject("challenge", challengeId);
      return (await plain(tries.take(CHALLENGE_TRIES, CHALLENGE_MS))) === null;
    },
    async mail({ kind, tenantId, email }) {
      const mails = await subject("mail", kind, tenantId, email);
      return plain(mails.take(settings.mailsPerHour, HOUR_MS));
    },
  };
}

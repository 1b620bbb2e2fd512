import { DurableObject } from "cloudflare:workers";
import type {
  DrawnCodes,
  LoginCodeAnswer,
  LoginCodes,
  Mailbox,
} from "../../core/session/login-codes.ts";
import { KeptBySubject, placeOf, sweep, sweepLater } from "./kept-by-subject.ts";
import { plain } from "./plain.ts";

const WRONG_TRIES = 5;
/** How long wrong tries count where no code was sent, or after it was forgotten. */
const WINDOW_SECONDS = 600;
/** Wrong codes in a row from which on a mailbox gets long ones (NIST SP 800-63B §3.2.2). */
const WRONG_IN_A_ROW = 100;
const DAY_MS = 24 * 3600 * 1000;
/** So long that nobody gets a fresh hundred guesses by waiting; a slip or two is not worth that. */
const ROW_FORGOTTEN_AFTER_MS = 365 * DAY_MS;
const SLIPS = 2;
const SLIPS_FORGOTTEN_AFTER_MS = 30 * DAY_MS;

interface State {
  /** Null while there is no code to be right. */
  digest: string | null;
  /** Nobody guesses it: tries at it are not counted, nor are they once it is forgotten. */
  isLong: boolean;
  announcedId: string | null;
  sessionId: string;
  /** Null where none was ordered. */
  orderId: string | null;
  wrongTries: number;
  expiresAt: number;
}

const NOTHING_KEPT = {
  digest: null,
  isLong: false,
  announcedId: null,
  sessionId: "",
  orderId: null,
  wrongTries: 0,
};

/**
 * Login codes by mailbox and the wrong tries at them. Without a code, tries are counted all the same,
 * so that nobody learns whether one was sent.
 */
export class LoginCodeObject extends DurableObject {
  readonly #states = new KeptBySubject<State>(this.ctx.storage, "codes");
  /** Outlives a code: wrong tries at short ones, whichever they were, since one was forgotten. */
  readonly #wrongInARow = new KeptBySubject<number>(this.ctx.storage, "mailboxes");

  async put(
    mailbox: string,
    { shortDigest, longDigest, orderId, ...opens }: DrawnCodes,
    lifetimeSeconds: number,
  ): Promise<"short" | "long"> {
    const before = this.#state(mailbox);
    const isLong = this.#countOf(mailbox) >= WRONG_IN_A_ROW;
    await this.#keep(mailbox, {
      ...opens,
      digest: isLong ? longDigest : shortDigest,
      isLong,
      orderId,
      wrongTries: before.orderId === orderId ? before.wrongTries : 0,
      expiresAt: Date.now() + lifetimeSeconds * 1000,
    });
    return isLong ? "long" : "short";
  }

  /** A sixth try of a short code is refused, right or wrong. */
  async check(mailbox: string, digests: readonly string[]): Promise<LoginCodeAnswer> {
    const state = this.#state(mailbox);
    if (isUsedUp(state)) {
      const retryAfterSeconds = Math.ceil((state.expiresAt - Date.now()) / 1000);
      return { is: "exhausted", retryAfterSeconds };
    }
    if (isOneOf(digests, state.digest)) {
      return { is: "right", announcedId: state.announcedId, sessionId: state.sessionId };
    }
    if (!state.isLong) {
      await this.#countWrong(mailbox, state);
    }
    return { is: "wrong" };
  }

  /** The tries stay counted: a code that is forgotten opens no fresh five. It ends the row of wrong ones. */
  async forget(mailbox: string, digests: readonly string[]): Promise<void> {
    const state = this.#state(mailbox);
    if (isOneOf(digests, state.digest)) {
      this.#wrongInARow.remove(mailbox);
      await this.#keep(mailbox, { ...state, digest: null });
    }
  }

  override async alarm(): Promise<void> {
    await sweep(this.ctx.storage, this.#states, this.#wrongInARow);
  }

  #state(mailbox: string): State {
    const expiresAt = Date.now() + WINDOW_SECONDS * 1000;
    return this.#states.get(mailbox) ?? { ...NOTHING_KEPT, expiresAt };
  }

  #countOf(mailbox: string): number {
    return this.#wrongInARow.get(mailbox) ?? 0;
  }

  /** Where there is no code to guess, a try is none of the row. */
  async #countWrong(mailbox: string, state: State): Promise<void> {
    if (state.digest !== null) {
      const wrong = this.#countOf(mailbox) + 1;
      const kept = wrong <= SLIPS ? SLIPS_FORGOTTEN_AFTER_MS : ROW_FORGOTTEN_AFTER_MS;
      this.#wrongInARow.put(mailbox, wrong, Date.now() + kept);
    }
    await this.#keep(mailbox, { ...state, wrongTries: state.wrongTries + 1 });
  }

  /** Written before anything is awaited: between reading and this, nobody else gets a turn. */
  async #keep(mailbox: string, state: State): Promise<void> {
    this.#states.put(mailbox, state, state.expiresAt);
    await sweepLater(this.ctx.storage);
  }
}

/** Login codes in Durable Objects. */
export function durableLoginCodes(namespace: DurableObjectNamespace<LoginCodeObject>): LoginCodes {
  const codesOf = async ({ tenantId, email }: Mailbox) => {
    const { shard, subject } = await placeOf("login-code", tenantId, email);
    return [namespace.get(namespace.idFromName(shard)), subject] as const;
  };

  return {
    async put(mailbox, drawn, lifetimeSeconds) {
      const [codes, subject] = await codesOf(mailbox);
      return codes.put(subject, drawn, lifetimeSeconds);
    },
    async check(mailbox, digests) {
      const [codes, subject] = await codesOf(mailbox);
      return plain(codes.check(subject, [...digests]));
    },
    async forget(mailbox, digests) {
      const [codes, subject] = await codesOf(mailbox);
      await codes.forget(subject, [...digests]);
    },
  };
}

function isUsedUp({ isLong, wrongTries }: State): boolean {
  return !isLong && wrongTries >= WRONG_TRIES;
}

/** Compares with every digest to the end, so that the time it takes says nothing. */
function isOneOf(digests: readonly string[], kept: string | null): boolean {
  if (kept === null) {
    return false;
  }
  const bytes = (text: string) => new TextEncoder().encode(text);
  const isKept = (digest: string) =>
    digest.length === kept.length && crypto.subtle.timingSafeEqual(bytes(digest), bytes(kept));
  return digests.map(isKept).includes(true);
}

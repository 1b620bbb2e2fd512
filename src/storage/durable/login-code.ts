import { DurableObject } from "cloudflare:workers";
import type {
  KeptCode,
  LoginCodeAnswer,
  LoginCodes,
  Mailbox,
} from "../../core/session/login-codes.ts";
import { KeptBySubject, placeOf, sweepLater } from "./kept-by-subject.ts";
import { plain } from "./plain.ts";

const WRONG_TRIES = 5;
/** How long wrong tries count where no code was sent, or after it was spent. */
const WINDOW_SECONDS = 600;
/** Wrong codes in a row from which on a mailbox gets one code a day (NIST SP 800-63B §3.2.2). */
const WRONG_IN_A_ROW = 100;
const DAY_MS = 24 * 3600 * 1000;
/** So long that nobody gets a fresh hundred guesses by waiting; a slip or two is not worth that. */
const ROW_FORGOTTEN_AFTER_MS = 365 * DAY_MS;
const SLIPS = 2;
const SLIPS_FORGOTTEN_AFTER_MS = 30 * DAY_MS;

interface State {
  /** Null while there is no code to be right. */
  digest: string | null;
  announcedId: string | null;
  sessionId: string;
  wrongTries: number;
  expiresAt: number;
}

/** What outlives a code. */
interface Row {
  /** Wrong tries, at whatever codes, since one was spent. */
  wrong: number;
  /** When the newest code was ordered. */
  orderedAt: number;
}

/**
 * Login codes by mailbox and the wrong tries at them. Without a code, tries are counted all the same,
 * so that nobody learns whether one was sent.
 */
export class LoginCodeObject extends DurableObject {
  readonly #states = new KeptBySubject<State>(this.ctx.storage, "codes");
  readonly #rows = new KeptBySubject<Row>(this.ctx.storage, "mailboxes");

  async put(mailbox: string, code: KeptCode, lifetimeSeconds: number): Promise<boolean> {
    const { digest, announcedId, orderedAt, sessionId } = code;
    const row = this.#row(mailbox);
    const isRepeated = orderedAt === row.orderedAt;
    if (row.wrong >= WRONG_IN_A_ROW && !isRepeated && orderedAt < row.orderedAt + DAY_MS) {
      return false;
    }
    const expiresAt = Date.now() + lifetimeSeconds * 1000;
    this.#keepRow(mailbox, { ...row, orderedAt });
    await this.#keep(mailbox, { digest, announcedId, sessionId, wrongTries: 0, expiresAt });
    return true;
  }

  /** A sixth try is refused, right or wrong. */
  async check(mailbox: string, digests: readonly string[]): Promise<LoginCodeAnswer> {
    const state = this.#state(mailbox);
    if (state.wrongTries >= WRONG_TRIES) {
      const retryAfterSeconds = Math.ceil((state.expiresAt - Date.now()) / 1000);
      return { is: "exhausted", retryAfterSeconds };
    }
    if (isOneOf(digests, state.digest)) {
      return { is: "right", announcedId: state.announcedId, sessionId: state.sessionId };
    }
    const row = this.#row(mailbox);
    this.#keepRow(mailbox, { ...row, wrong: row.wrong + 1 });
    await this.#keep(mailbox, { ...state, wrongTries: state.wrongTries + 1 });
    return { is: "wrong" };
  }

  /** The tries stay counted: a spent code opens no fresh five. It ends the row of wrong ones. */
  async spend(mailbox: string, digests: readonly string[]): Promise<boolean> {
    const state = this.#state(mailbox);
    const isGood = state.wrongTries < WRONG_TRIES && isOneOf(digests, state.digest);
    if (isGood) {
      this.#rows.remove(mailbox);
      await this.#keep(mailbox, { ...state, digest: null });
    }
    return isGood;
  }

  override async alarm(): Promise<void> {
    const areLeft = [this.#states.sweep(), this.#rows.sweep()];
    if (areLeft.includes(true)) {
      await sweepLater(this.ctx.storage);
    }
  }

  #state(mailbox: string): State {
    const expiresAt = Date.now() + WINDOW_SECONDS * 1000;
    const none = { digest: null, announcedId: null, sessionId: "", wrongTries: 0, expiresAt };
    return this.#states.get(mailbox) ?? none;
  }

  #row(mailbox: string): Row {
    return this.#rows.get(mailbox) ?? { wrong: 0, orderedAt: 0 };
  }

  #keepRow(mailbox: string, row: Row): void {
    const kept = row.wrong <= SLIPS ? SLIPS_FORGOTTEN_AFTER_MS : ROW_FORGOTTEN_AFTER_MS;
    this.#rows.put(mailbox, row, Date.now() + kept);
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
    async put(mailbox, code, lifetimeSeconds) {
      const [codes, subject] = await codesOf(mailbox);
      return codes.put(subject, code, lifetimeSeconds);
    },
    async check(mailbox, digests) {
      const [codes, subject] = await codesOf(mailbox);
      return plain(codes.check(subject, [...digests]));
    },
    async spend(mailbox, digests) {
      const [codes, subject] = await codesOf(mailbox);
      return codes.spend(subject, [...digests]);
    },
  };
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

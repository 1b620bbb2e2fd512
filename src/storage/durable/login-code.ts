import { DurableObject } from "cloudflare:workers";
import { sameText } from "../../bytes/same-text.ts";
import {
  countWrongTry,
  forgetCode,
  isUsedUp,
  type KeptLoginCode,
  replaceCode,
  withoutCode,
} from "../../core/login-code/login-code-tries.ts";
import type {
  DrawnCodes,
  LoginCodeAnswer,
  LoginCodes,
  Mailbox,
} from "../../core/login-code/login-codes.ts";
import { forgetFailuresAt } from "../../core/throttle/forget-failures.ts";
import { KeptBySubject, placeOf, sweep, sweepLater } from "./kept-by-subject.ts";
import { plain } from "./plain.ts";

/**
 * Login codes by mailbox and the wrong tries at them. Without a code, tries are counted all the same,
 * so that nobody learns whether one was sent.
 */
export class LoginCodeObject extends DurableObject {
  readonly #codes = new KeptBySubject<KeptLoginCode>(this.ctx.storage, "codes");
  /** Outlives a code: wrong tries at short ones, whichever they were, since one was forgotten. */
  readonly #wrongInARow = new KeptBySubject<number>(this.ctx.storage, "mailboxes");

  async put(
    mailbox: string,
    drawn: DrawnCodes,
    lifetimeSeconds: number,
  ): Promise<"short" | "long"> {
    const wrongInARow = this.#countOf(mailbox);
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000);
    const kept = replaceCode(this.#codeOf(mailbox), drawn, { wrongInARow, expiresAt });
    await this.#keep(mailbox, kept);
    return kept.isLong ? "long" : "short";
  }

  async check(mailbox: string, digests: readonly string[]): Promise<LoginCodeAnswer> {
    const code = this.#codeOf(mailbox);
    if (isUsedUp(code)) {
      const retryAfterSeconds = Math.ceil((code.expiresAt - Date.now()) / 1000);
      return { is: "exhausted", retryAfterSeconds };
    }
    if (isOneOf(digests, code.digest)) {
      return { is: "right", announcedId: code.announcedId, sessionId: code.sessionId };
    }
    await this.#countWrong(mailbox, code);
    return { is: "wrong" };
  }

  /** It ends the row of wrong ones. */
  async forget(mailbox: string, digests: readonly string[]): Promise<void> {
    const code = this.#codeOf(mailbox);
    if (isOneOf(digests, code.digest)) {
      this.#wrongInARow.remove(mailbox);
      await this.#keep(mailbox, forgetCode(code));
    }
  }

  override async alarm(): Promise<void> {
    await sweep(this.ctx.storage, this.#codes, this.#wrongInARow);
  }

  #codeOf(mailbox: string): KeptLoginCode {
    return this.#codes.get(mailbox) ?? withoutCode(new Date());
  }

  #countOf(mailbox: string): number {
    return this.#wrongInARow.get(mailbox) ?? 0;
  }

  async #countWrong(mailbox: string, code: KeptLoginCode): Promise<void> {
    const before = this.#countOf(mailbox);
    const counted = countWrongTry(code, before);
    if (!counted) {
      return;
    }
    const { kept, wrongInARow } = counted;
    if (wrongInARow > before) {
      const until = forgetFailuresAt(wrongInARow, new Date());
      this.#wrongInARow.put(mailbox, wrongInARow, until.getTime());
    }
    await this.#keep(mailbox, kept);
  }

  /** Written before anything is awaited: between reading and this, nobody else gets a turn. */
  async #keep(mailbox: string, code: KeptLoginCode): Promise<void> {
    this.#codes.put(mailbox, code, code.expiresAt);
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

/** Compares with every digest to the end, so that the time it takes says nothing. */
function isOneOf(digests: readonly string[], kept: string | null): boolean {
  if (kept === null) {
    return false;
  }
  return digests.map((digest) => sameText(digest, kept)).includes(true);
}

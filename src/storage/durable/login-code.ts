import { DurableObject } from "cloudflare:workers";
import type {
  KeptCode,
  LoginCodeAnswer,
  LoginCodes,
  Mailbox,
} from "../../core/session/login-codes.ts";
import { plain } from "./plain.ts";

const WRONG_TRIES = 5;
/** How long wrong tries count where no code was sent, or after it was spent. */
const WINDOW_SECONDS = 600;

interface State {
  /** Null while there is no code to be right. */
  digest: string | null;
  announcedId: string | null;
  wrongTries: number;
  expiresAt: number;
}

/**
 * The login code of one mailbox and the wrong tries at it. Without a code, tries are counted all the
 * same, so that nobody learns whether one was sent.
 */
export class LoginCodeObject extends DurableObject {
  async put(code: KeptCode, lifetimeSeconds: number): Promise<void> {
    const expiresAt = Date.now() + lifetimeSeconds * 1000;
    await this.#keep({ ...code, wrongTries: 0, expiresAt });
  }

  /** A sixth try is refused, right or wrong. */
  async check(digests: readonly string[]): Promise<LoginCodeAnswer> {
    const state = this.#state();
    if (state.wrongTries >= WRONG_TRIES) {
      const retryAfterSeconds = Math.ceil((state.expiresAt - Date.now()) / 1000);
      return { is: "exhausted", retryAfterSeconds };
    }
    if (isOneOf(digests, state.digest)) {
      return { is: "right", announcedId: state.announcedId };
    }
    await this.#keep({ ...state, wrongTries: state.wrongTries + 1 });
    return { is: "wrong" };
  }

  /** The tries stay counted: a spent code opens no fresh five. */
  async spend(digests: readonly string[]): Promise<boolean> {
    const state = this.#state();
    const isGood = state.wrongTries < WRONG_TRIES && isOneOf(digests, state.digest);
    if (isGood) {
      await this.#keep({ ...state, digest: null });
    }
    return isGood;
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  #state(): State {
    const kept = this.ctx.storage.kv.get<State>("state");
    return kept && kept.expiresAt > Date.now()
      ? kept
      : {
          digest: null,
          announcedId: null,
          wrongTries: 0,
          expiresAt: Date.now() + WINDOW_SECONDS * 1000,
        };
  }

  /** Written before anything is awaited: between reading and this, nobody else gets a turn. */
  async #keep(state: State): Promise<void> {
    this.ctx.storage.kv.put("state", state);
    await this.ctx.storage.setAlarm(state.expiresAt);
  }
}

/** Login codes in Durable Objects, which are named after a digest: no address stands in a name. */
export function durableLoginCodes(namespace: DurableObjectNamespace<LoginCodeObject>): LoginCodes {
  const codeOf = async ({ tenantId, email }: Mailbox) => {
    const name = new TextEncoder().encode(["login-code", tenantId, email].join("\n"));
    const digest = await crypto.subtle.digest("SHA-256", name);
    return namespace.get(namespace.idFromName(new Uint8Array(digest).toHex()));
  };

  return {
    async put(mailbox, code, lifetimeSeconds) {
      await (await codeOf(mailbox)).put(code, lifetimeSeconds);
    },
    async check(mailbox, digests) {
      return plain((await codeOf(mailbox)).check([...digests]));
    },
    async spend(mailbox, digests) {
      return (await codeOf(mailbox)).spend([...digests]);
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

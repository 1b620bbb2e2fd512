import { DurableObject } from "cloudflare:workers";
import {
  type DeviceGrant,
  type GrantState,
  type Pace,
  sessionOf,
  type Word,
} from "../../core/device/device-grant.ts";
import {
  answerPoll,
  EXPIRED_TOKEN_SECONDS,
  POLL_INTERVAL_SECONDS,
} from "../../core/device/poll-answer.ts";
import type {
  DecideOutcome,
  DescribeOutcome,
  DeviceGrants,
  PollOutcome,
  Sessions,
} from "../../core/ports.ts";
import { plain } from "./plain.ts";

const FRESH_PACE: Pace = { intervalSeconds: POLL_INTERVAL_SECONDS, markedAt: null };

/**
 * One device grant from start to expiry: the state machine of RFC 8628, single-threaded, so that
 * a grant is decided once and redeemed once without locks. Waiting costs no write; what an eviction
 * loses is the pace of polling.
 */
export abstract class DeviceGrantObject<Env = unknown> extends DurableObject<Env> {
  protected abstract readonly sessions: Pick<Sessions, "openApproved">;
  #pace = FRESH_PACE;
  #turn: Promise<unknown> = Promise.resolve();

  /** False when a grant lives here already. */
  async start(grant: DeviceGrant): Promise<boolean> {
    const forgottenAt = (live: DeviceGrant) =>
      live.expiresAt.getTime() + EXPIRED_TOKEN_SECONDS * 1000;
    const present = this.#grant();
    if (present && Date.now() < forgottenAt(present)) {
      return false;
    }
    this.#pace = FRESH_PACE;
    this.ctx.storage.kv.put("grant", grant);
    this.#become({ is: "pending" });
    await this.ctx.storage.setAlarm(forgottenAt(grant));
    return true;
  }

  describe(): DescribeOutcome {
    const grant = this.#grant();
    if (!grant) {
      return { is: "unknown" };
    }
    if (new Date() >= grant.expiresAt) {
      return { is: "expired" };
    }
    return this.#state().is === "pending" ? { is: "pending", grant } : { is: "already_decided" };
  }

  decide(word: Word, accountId: string): DecideOutcome {
    const described = this.describe();
    if (described.is !== "pending") {
      return described;
    }
    const { scopes: asked } = described.grant;
    if (!word.approved) {
      this.#become({ is: "decided", decision: { approved: false } });
      return { is: "decided" };
    }
    const scopes = word.scopes ?? asked;
    if (!scopes.every((scope) => asked.includes(scope))) {
      return { is: "scope_not_asked_for" };
    }
    const decision = { ...word, accountId, scopes: [...new Set(scopes)] };
    this.#become({ is: "decided", decision });
    return { is: "decided" };
  }

  async poll(grantId: string, clientId: string): Promise<PollOutcome> {
    const grant = this.#grant();
    if (grant?.id !== grantId || grant.clientId !== clientId) {
      return { answer: "invalid_grant" };
    }
    const { answer, pace } = answerPoll(grant, this.#state(), this.#pace, new Date());
    this.#pace = pace;
    return answer === "redeemable" ? this.#inTurn(() => this.#redeem(grant)) : { answer };
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  /**
   * The session is stored before the grant is marked, under an id fixed at approval: a crash
   * between the two loses nothing, and the next poll opens nothing twice.
   */
  async #redeem(grant: DeviceGrant): Promise<PollOutcome> {
    const state = this.#state();
    if (state.is !== "decided" || !state.decision.approved) {
      return { answer: "invalid_grant" };
    }
    const session = sessionOf(grant, state.decision, new Date());
    const caller = await this.sessions.openApproved(session, state.decision.approvedAt);
    if (!caller) {
      this.#become({ is: "decided", decision: { approved: false } });
      return { answer: "access_denied" };
    }
    this.#become({ is: "redeemed" });
    return { answer: "redeemed", caller };
  }

  /** While one redeem waits for the database, the others wait for it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #grant(): DeviceGrant | undefined {
    return this.ctx.storage.kv.get<DeviceGrant>("grant");
  }

  #state(): GrantState {
    return this.ctx.storage.kv.get<GrantState>("state") ?? { is: "pending" };
  }

  #become(state: GrantState): void {
    this.ctx.storage.kv.put("state", state);
  }
}

/** The object of a grant is named after its user code: starting a taken one finds the owner there. */
export function grantStub<T extends DeviceGrantObject>(
  namespace: DurableObjectNamespace<T>,
  tenantId: string,
  userCode: string,
) {
  return namespace.get(namespace.idFromName(`${tenantId} ${userCode}`));
}

export function durableDeviceGrants(
  namespace: DurableObjectNamespace<DeviceGrantObject>,
): DeviceGrants {
  return {
    start: async (grant) => grantStub(namespace, grant.tenantId, grant.userCode).start(grant),
    poll: ({ tenantId, userCode, grantId }, clientId) =>
      plain(grantStub(namespace, tenantId, userCode).poll(grantId, clientId)),
  };
}

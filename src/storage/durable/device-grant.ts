import { DurableObject } from "cloudflare:workers";
import type { DeviceGrant, Pace, Word } from "../../core/device/device-grant.ts";
import type { DevicePoll, PollOutcome } from "../../core/device/device-grants.ts";
import {
  answerPoll,
  EXPIRED_TOKEN_SECONDS,
  POLL_INTERVAL_SECONDS,
} from "../../core/device/poll-answer.ts";
import { takeWord } from "../../core/device/take-word.ts";
import type { DecideOutcome, DescribeOutcome } from "../../core/device/user-codes.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import { DeviceRecord } from "./device-record.ts";
import { DeviceRedemption } from "./device-redemption.ts";
import { DeviceWaiters, tellDecided } from "./device-waiters.ts";

/** RFC 6455 §7.4.1. */
const POLICY_VIOLATION = 1008;
const FRESH_PACE: Pace = { intervalSeconds: POLL_INTERVAL_SECONDS, markedAt: null };

/**
 * One device grant from start to expiry: the state machine of RFC 8628, single-threaded, so that
 * a grant is decided once and redeemed once without locks. Waiting costs no write; what an eviction
 * loses is the pace of polling.
 */
export abstract class DeviceGrantObject<Env = unknown> extends DurableObject<Env> {
  protected abstract readonly sessions: Pick<Sessions, "openApproved">;
  readonly #record = new DeviceRecord(this.ctx.storage.kv);
  readonly #redemption = new DeviceRedemption(this.#record, () => this.sessions);
  readonly #waiters = new DeviceWaiters(this.ctx);
  #pace = FRESH_PACE;

  /** False when a grant lives here already. */
  async start(grant: DeviceGrant): Promise<boolean> {
    const forgottenAt = (live: DeviceGrant) =>
      live.expiresAt.getTime() + EXPIRED_TOKEN_SECONDS * 1000;
    const present = this.#record.grant();
    if (present && Date.now() < forgottenAt(present)) {
      return false;
    }
    this.#waiters.dismiss();
    this.#pace = FRESH_PACE;
    this.#record.begin(grant);
    await this.ctx.storage.setAlarm(forgottenAt(grant));
    return true;
  }

  describe(): DescribeOutcome {
    const grant = this.#record.grant();
    if (!grant) {
      return { is: "unknown" };
    }
    if (new Date() >= grant.expiresAt) {
      return { is: "expired" };
    }
    return this.#record.state().is === "pending"
      ? { is: "pending", grant }
      : { is: "already_decided" };
  }

  decide(word: Word, accountId: string): DecideOutcome {
    const described = this.describe();
    if (described.is !== "pending") {
      return described;
    }
    const { grant } = described;
    const decision = takeWord(grant, word, accountId);
    if (typeof decision === "string") {
      return { is: decision };
    }
    this.#record.become({ is: "decided", decision });
    this.#waiters.tell();
    return { is: "decided", clientId: grant.clientId, clientName: grant.clientName };
  }

  /** Answers at once. A poll that is told to wait may go on to `hold`: the two count as one. */
  async poll(
    grantId: string,
    { clientId, retryKey }: Omit<DevicePoll, "waitSeconds">,
  ): Promise<PollOutcome> {
    const grant = this.#record.grant();
    if (grant?.id !== grantId || grant.clientId !== clientId) {
      return { answer: "invalid_grant" };
    }
    if (this.#redemption.isRetry(retryKey)) {
      return this.#redemption.redeem(grant, retryKey);
    }
    const { answer, pace } = answerPoll(grant, this.#record.state(), this.#pace, new Date());
    this.#pace = pace;
    if (answer === "redeemable") {
      return this.#redemption.redeem(grant, retryKey);
    }
    if (answer === "authorization_pending") {
      this.#waiters.letGo();
    }
    return { answer };
  }

  /**
   * Whether there is news for a poll that was told to wait: said when there is, after `seconds` at the
   * latest, and never after the grant's end. It only looks, so that it can be asked again whenever
   * it breaks.
   */
  async hold(grantId: string, seconds: number): Promise<boolean> {
    const grant = this.#pendingGrant(grantId);
    if (!grant) {
      return true;
    }
    const endsIn = grant.expiresAt.getTime() - Date.now();
    await this.#waiters.hold(Math.min(seconds * 1000, endsIn));
    return this.#pendingGrant(grantId) === undefined;
  }

  keepAnswer(grantId: string, retryKey: string, sealedAnswer: string): string | null {
    const isThisGrant = this.#record.grant()?.id === grantId;
    return isThisGrant ? this.#redemption.keepAnswer(retryKey, sealedAnswer) : null;
  }

  /** Opens a socket on the grant that the path names. RFC 6455. */
  override fetch(request: Request): Response {
    const grant = this.#record.grant();
    if (grant?.id !== new URL(request.url).pathname.slice(1) || new Date() >= grant.expiresAt) {
      return new Response(null, { status: 404 });
    }
    const socket = this.#waiters.connect();
    if (!socket) {
      return new Response(null, { status: 429 });
    }
    if (this.#record.state().is !== "pending") {
      tellDecided(socket.ours);
    }
    return new Response(null, { status: 101, webSocket: socket.device });
  }

  /** A device has nothing to say on its socket but `ping`, which wakes nobody. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(POLICY_VIOLATION);
  }

  /** The runtime leaves it to us to end the closing handshake. RFC 6455 §5.5.1. */
  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  override async alarm(): Promise<void> {
    this.#waiters.dismiss();
    await this.ctx.storage.deleteAll();
  }

  #pendingGrant(grantId: string): DeviceGrant | undefined {
    const described = this.describe();
    return described.is === "pending" && described.grant.id === grantId
      ? described.grant
      : undefined;
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

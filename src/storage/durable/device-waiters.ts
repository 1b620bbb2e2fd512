const SOCKETS_PER_GRANT = 5;
const DECIDED = 1000;
const GONE = 1001;

/**
 * Who waits for a grant to be decided: a poll that is held, in memory, and sockets, which the runtime
 * keeps while the object sleeps or is evicted. Nothing of it is written to storage.
 */
export class DeviceWaiters {
  readonly #ctx: DurableObjectState;
  #letGo: () => void = () => undefined;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Ends after that time, or as soon as the grant is decided or the device asks anew. */
  async hold(milliseconds: number): Promise<void> {
    this.letGo();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#letGo = resolve;
    await promise;
    clearTimeout(timer);
  }

  /**
   * A device waits at one place. When it asks anew, the poll that is still held was left behind by a
   * broken connection, and must not take the tokens where nobody listens.
   */
  letGo(): void {
    this.#letGo();
  }

  /** A socket that hears of the decision; null when as many as may be are open. RFC 6455. */
  connect(): { device: WebSocket; ours: WebSocket } | null {
    if (this.#sockets().length >= SOCKETS_PER_GRANT) {
      return null;
    }
    const { 0: device, 1: ours } = new WebSocketPair();
    this.#ctx.acceptWebSocket(ours);
    // For connections that are cut when they are silent. Answered without waking the object.
    this.#ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    return { device, ours };
  }

  tell(): void {
    this.letGo();
    for (const socket of this.#sockets()) {
      tellDecided(socket);
    }
  }

  /** The grant is forgotten. */
  dismiss(): void {
    this.letGo();
    for (const socket of this.#sockets()) {
      socket.close(GONE);
    }
  }

  #sockets(): WebSocket[] {
    return this.#ctx
      .getWebSockets()
      .filter(({ readyState }) => readyState === WebSocket.READY_STATE_OPEN);
  }
}

export function tellDecided(socket: WebSocket): void {
  socket.send("decided");
  socket.close(DECIDED);
}

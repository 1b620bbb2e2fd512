import type { Ask } from "../http/ask.ts";
import type { Platform } from "../platform.ts";

/** What a server can do, and where. */
export interface Abilities {
  /** The endpoint that Latchkey has at a path. Throws `not_offered` where a server has none. */
  readonly locate: (path: string) => URL;
  /** Whether device codes are bound to who asked for them, as RFC 7636 binds authorization codes. */
  readonly bindsDeviceCodes: boolean;
  /** How long a poll may be held (RFC 7240 §4.3 `wait`); 0 where it is answered at once. */
  readonly holdSeconds: number;
  /** Whether a callback says whose it is: RFC 9207. */
  readonly saysIssuer: boolean;
  /** Whether tokens without a `scope` have none. RFC 6749 §5.1 lets others leave out what was asked for. */
  readonly saysScope: boolean;
}

/** Who asks whom. */
export interface Server extends Abilities {
  /** The issuer: what `iss` says as well. */
  readonly url: string;
  readonly clientId: string;
  /** How the client says who it is, and proves it where it can keep a secret: RFC 6749 §2.3.1. */
  readonly credentials: { readonly client_id: string; readonly client_secret?: string };
  readonly ask: Ask;
  readonly platform: Platform;
}

/** What every Latchkey can. */
export function latchkeyAt(server: URL): Abilities {
  return {
    locate: (path) => new URL(path, server),
    bindsDeviceCodes: true,
    holdSeconds: 25,
    saysIssuer: true,
    saysScope: true,
  };
}

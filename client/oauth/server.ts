import type { Ask } from "../http/ask.ts";
import type { Platform } from "../platform.ts";

/** Who asks whom. */
export interface Server {
  /** The origin: what `iss` says as well. */
  readonly url: string;
  readonly clientId: string;
  /** How the client says who it is, and proves it where it can keep a secret: RFC 6749 §2.3.1. */
  readonly credentials: { readonly client_id: string; readonly client_secret?: string };
  readonly ask: Ask;
  readonly platform: Platform;
}

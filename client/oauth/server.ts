import type { Ask } from "../http/ask.ts";
import type { Platform } from "../platform.ts";

/** Who asks whom. */
export interface Server {
  /** The origin: what `iss` says as well. */
  readonly url: string;
  readonly clientId: string;
  readonly ask: Ask;
  readonly platform: Platform;
}

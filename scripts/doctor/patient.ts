import { isLoopback } from "../../src/core/is-loopback.ts";

/** A deployed instance, and what was given to look at it with. */
export interface Patient {
  /** The origin that people reach, without a slash at its end. */
  url: string;
  /** A public client with the device grant. */
  clientId: string | null;
  /** An account to sign in to. Its password never stands on a command line. */
  account: { email: string; password: string | null } | null;
  /** The domain that mail comes from. */
  mailDomain: string;
  /** The name under `_domainkey` that its provider signs with; null to look where known ones do. */
  dkimSelector: string | null;
  /** Whether password hashing may be put under load. */
  load: boolean;
  /** The platform's `fetch`, or one that leads to a server in a test. */
  send: typeof fetch;
  /** The texts at a name of the DNS; none where there are none. Throws where the DNS does not answer. */
  texts(name: string): Promise<string[]>;
  stop: AbortSignal;
}

/** Whether it runs on this machine, over plain HTTP and without a domain of its own. */
export function isLocal({ url }: Patient): boolean {
  return isLoopback(new URL(url).hostname);
}

import type { Reason } from "../../src/core/refused.ts";
import type { Person } from "../support/people.ts";
import type { TestService } from "../support/service.ts";

/**
 * A wire contract as its clients use it, over HTTP alone. Stories are told in these words; which
 * URL, field or code stands for them is a driver's business.
 */
export interface Driver {
  register(person: Person): Promise<Said>;
  verifyEmail(token: string): Promise<Said>;
  signIn(who: { email: string; password: string }): Promise<Said<Session>>;
  /** Null in contracts that issue no refresh token. */
  refresh: ((refreshToken: string) => Promise<Said<Tokens>>) | null;
  /** Whether a guarded call takes this access token. */
  isSignedIn(accessToken: string): Promise<boolean>;
  requestReset(email: string): Promise<Said>;
  reset(link: { token: string; password: string }): Promise<Said>;
  /** Null in contracts that know no devices. */
  device: DeviceDriver | null;
}

export interface DeviceDriver {
  start(scopes?: readonly string[]): Promise<Said<StartedDevice>>;
  poll(deviceCode: string): Promise<Said<Session>>;
  approve(accessToken: string, approval: { userCode: string; scopes?: string[] }): Promise<Said>;
  deny(accessToken: string, userCode: string): Promise<Said>;
}

/** What a contract said: yes with what it gave, or no with the reason that its code stands for. */
export type Said<Given = object> = ({ yes: true } & Given) | { yes: false; reason: Reason };

export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
}

export interface Session extends Tokens {
  email: string;
  emailVerified: boolean;
}

export interface StartedDevice {
  deviceCode: string;
  userCode: string;
  intervalSeconds: number;
}

/** A contract in the list of those that every story is told through. */
export interface Contract {
  contract: string;
  /** Whether its documentation has it tell a stranger that an address is taken. */
  tellsTakenAddresses: boolean;
  connect(service: TestService): Driver;
}

/** What was given, or a failure of the test that says why it was not. */
export function given<Given>(said: Said<Given>): Given {
  if (!said.yes) {
    throw new Error(`refused: ${said.reason}`);
  }
  return said;
}

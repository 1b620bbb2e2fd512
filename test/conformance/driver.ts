import type { Reason } from "../../src/core/refused.ts";
import type { Person } from "../support/people.ts";
import type { Answer, TestService } from "../support/service.ts";

/**
 * A wire contract as its clients use it, over HTTP alone. Stories are told in these words; which
 * URL, field or code stands for them is a driver's business. Null stands for what a contract does
 * not offer.
 */
export interface Driver {
  /** Makes an account with a proved address and this password, all the way its contract goes. */
  join: ((person: Person) => Promise<void>) | null;
  /** The first step alone, where strangers may take it. */
  register: ((person: Person) => Promise<Said>) | null;
  /** With the second factor in the same call or in the next, as the contract has it. */
  signIn(who: SignIn): Promise<Said<Session>>;
  refresh: ((refreshToken: string) => Promise<Said<Tokens>>) | null;
  signOut: ((accessToken: string) => Promise<Said>) | null;
  /** Whether a guarded call takes this access token. */
  isSignedIn(accessToken: string): Promise<boolean>;
  changePassword: ((accessToken: string, change: PasswordChange) => Promise<Said>) | null;
  /** The whole name of whose token this is. */
  readName: ((accessToken: string) => Promise<string>) | null;
  rename: ((accessToken: string, name: PersonName) => Promise<Said>) | null;
  verifyEmail: ((token: string) => Promise<Said>) | null;
  recovery: RecoveryDriver | null;
  sessions: SessionsDriver | null;
  totp: TotpDriver | null;
  keys: KeysDriver | null;
  device: DeviceDriver | null;
}

export interface SignIn {
  email: string;
  password: string;
  code?: string;
  recoveryCode?: string;
}

export interface PasswordChange {
  email: string;
  oldPassword: string;
  newPassword: string;
}

export interface PersonName {
  first: string;
  last: string;
}

export interface RecoveryDriver {
  request(email: string): Promise<Said>;
  reset(link: { email: string; token: string; password: string }): Promise<Said>;
}

export interface SessionsDriver {
  /** What this contract calls the living sessions of the caller's account, the newest first. */
  list(accessToken: string): Promise<string[]>;
  revoke(accessToken: string, listed: string): Promise<Said>;
}

export interface TotpDriver {
  enrol(accessToken: string, password: string): Promise<Said<{ secret: string; handle: string }>>;
  confirm(
    accessToken: string,
    confirmation: { handle: string; code: string },
  ): Promise<Said<{ recoveryCodes: string[] }>>;
  disable(accessToken: string, proof: { password: string; code: string }): Promise<Said>;
}

export interface KeysDriver {
  create(accessToken: string): Promise<Said<{ key: string; id: string }>>;
  remove(accessToken: string, id: string): Promise<Said>;
  /** What a guarded call answers to a key: good, good but not for this, or no key at all. */
  use(key: string): Promise<"good" | "not for this" | "no key">;
}

export interface DeviceDriver {
  start(scopes?: readonly string[]): Promise<Said<StartedDevice>>;
  poll(deviceCode: string): Promise<Said<Session>>;
  approve(accessToken: string, approval: { userCode: string; scopes?: string[] }): Promise<Said>;
  deny(accessToken: string, userCode: string): Promise<Said>;
}

/** What a contract said: yes with what it gave, or no with the reason that its code stands for. */
export type Said<Given = object> = ({ yes: true } & Given) | No;
export type No = { yes: false; reason: Reason };

export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
}

export interface Session extends Tokens {
  /** Null in contracts that do not say. */
  email: string | null;
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
  /** Whether an address must be proved before it may sign in. */
  demandsVerifiedEmail: boolean;
  connect(service: TestService): Driver;
}

/** What was given, or a failure of the test that says why it was not. */
export function given<Given>(said: Said<Given>): Given {
  if (!said.yes) {
    throw new Error(`refused: ${said.reason}`);
  }
  return said;
}

/** A refusal as stories expect it. */
export function no(reason: Reason): No {
  return { yes: false, reason };
}

/** Hears an answer in a contract's words. Which reason a refusal stands for, the driver knows. */
export async function hear<Body, Given = object>(
  asked: Promise<Answer<unknown>>,
  reasonOf: (answer: Answer<unknown>) => Reason | undefined,
  read: (body: Body, headers: Headers) => Given = () => ({}) as Given,
): Promise<Said<Given>> {
  const answer = await asked;
  if (answer.status < 300) {
    return { yes: true, ...read(answer.body as Body, answer.headers) };
  }
  const reason = reasonOf(answer);
  if (!reason) {
    throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return no(reason);
}

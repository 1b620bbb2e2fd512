import type { Reason } from "../../../src/core/refused.ts";
import { TV } from "../../support/clients.ts";
import type { ErrorBody } from "../../support/devices.ts";
import type { Answer, TestService } from "../../support/service.ts";
import type {
  Contract,
  DeviceDriver,
  Driver,
  Said,
  Session,
  StartedDevice,
  Tokens,
} from "../driver.ts";

interface Pair {
  accessToken: string;
  refreshToken: string;
}

interface SignedIn extends Pair {
  user: { email: string; emailVerified: boolean };
}

interface Started {
  deviceCode: string;
  userCode: string;
  interval: number;
}

const REASONS: Readonly<Record<string, Reason>> = {
  invalid_credentials: "invalid_credentials",
  invalid_refresh_token: "refresh_token_invalid",
  invalid_token: "mailed_link_invalid",
  weak_password: "weak_password",
  authorization_pending: "authorization_pending",
  slow_down: "slow_down",
  access_denied: "access_denied",
  expired_token: "expired_token",
  invalid_grant: "invalid_grant",
  already_used: "user_code_decided",
  invalid_user_code: "user_code_unknown",
  validation_error: "invalid_request",
  unauthorized: "unauthenticated",
  insufficient_scope: "insufficient_scope",
};

/** Planasonix as its clients use it. */
export const planasonix: Contract = {
  contract: "planasonix",
  tellsTakenAddresses: false,
  connect,
};

function connect(service: TestService): Driver {
  const post = (path: string, body: object, bearer?: string) =>
    service.ask(path, { body, ...(bearer !== undefined && { bearer }) });

  return {
    register: (person) => heard(post("/api/register", person), nothing),
    verifyEmail: (token) => heard(post("/api/verify-email", { token }), nothing),
    signIn: ({ email, password }) => heard(post("/api/login", { email, password }), session),
    refresh: (refreshToken) => heard(post("/api/auth/refresh", { refreshToken }), tokens),
    requestReset: (email) => heard(post("/api/forgot-password", { email }), nothing),
    reset: (link) => heard(post("/api/reset-password", link), nothing),

    // The one guarded row. A text that can be no code is looked up nowhere and counts as no guess.
    async isSignedIn(accessToken) {
      const body = { userCode: "none" };
      return (await post("/api/v2/auth/device/authorize", body, accessToken)).status !== 401;
    },

    device: connectDevice(post),
  };
}

type Post = (path: string, body: object, bearer?: string) => Promise<Answer<unknown>>;

function connectDevice(post: Post): DeviceDriver {
  const clientId = TV;
  const decide = (bearer: string, word: object) =>
    heard(post("/api/v2/auth/device/authorize", word, bearer), nothing);

  return {
    start: (scopes) =>
      heard(post("/api/v2/auth/device", { clientId, ...(scopes && { scopes }) }), started),
    poll: (deviceCode) =>
      heard(post("/api/v2/auth/device/token", { deviceCode, clientId }), session),
    approve: (bearer, { userCode, scopes }) =>
      decide(bearer, { userCode, ...(scopes && { scopes }) }),
    deny: (bearer, userCode) => decide(bearer, { userCode, approve: false }),
  };
}

async function heard<Body, Given>(
  asked: Promise<Answer<unknown>>,
  read: (body: Body) => Given,
): Promise<Said<Given>> {
  const { status, body } = await asked;
  if (status < 300) {
    return { yes: true, ...read(body as Body) };
  }
  const reason = REASONS[(body as ErrorBody).error.code];
  if (!reason) {
    throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  }
  return { yes: false, reason };
}

function nothing(): object {
  return {};
}

function tokens({ accessToken, refreshToken }: Pair): Tokens {
  return { accessToken, refreshToken };
}

function session({ user, ...pair }: SignedIn): Session {
  return { ...tokens(pair), email: user.email, emailVerified: user.emailVerified };
}

function started({ deviceCode, userCode, interval }: Started): StartedDevice {
  return { deviceCode, userCode, intervalSeconds: interval };
}

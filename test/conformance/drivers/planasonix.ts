import type { Reason } from "../../../src/core/refused.ts";
import { TV } from "../../support/clients.ts";
import { mailedToken, VERIFY } from "../../support/mail.ts";
import type { Answer, TestService } from "../../support/service.ts";
import {
  type Contract,
  type DeviceDriver,
  type Driver,
  given,
  hear,
  type KeysDriver,
  no,
  type SignIn,
  type TotpDriver,
} from "../driver.ts";

interface SignedIn {
  accessToken: string;
  refreshToken: string;
  user: { email: string };
}

const REASONS: Readonly<Record<string, Reason>> = {
  invalid_credentials: "invalid_credentials",
  invalid_refresh_token: "refresh_token_invalid",
  invalid_token: "mailed_link_invalid",
  weak_password: "weak_password",
  invalid_mfa_token: "challenge_invalid",
  invalid_code: "second_factor_invalid",
  authorization_pending: "authorization_pending",
  slow_down: "slow_down",
  access_denied: "access_denied",
  expired_token: "expired_token",
  invalid_grant: "invalid_grant",
  already_used: "user_code_decided",
  invalid_user_code: "user_code_unknown",
  place_differs: "place_differs",
  validation_error: "invalid_request",
  unauthorized: "unauthenticated",
  insufficient_scope: "insufficient_scope",
};

function reasonOf({ body }: Answer<unknown>): Reason | undefined {
  return REASONS[(body as { error: { code: string } }).error.code];
}

/** Planasonix as its clients use it. */
export const planasonix: Contract = {
  contract: "planasonix",
  tellsTakenAddresses: false,
  demandsVerifiedEmail: false,
  connect,
};

function connect(service: TestService): Driver {
  const post = (path: string, body: object, bearer?: string) =>
    service.ask(path, { body, ...(bearer !== undefined && { bearer }) });
  const register: Driver["register"] = ({ email, password, name }) =>
    hear(post("/api/register", { email, password, name }), reasonOf);
  const verifyEmail = (token: string) => hear(post("/api/verify-email", { token }), reasonOf);

  return {
    async join(person) {
      given(await register(person));
      given(await verifyEmail(await mailedToken(service, person.email, VERIFY)));
    },
    register,
    verifyEmail,
    signIn: (who) => signIn(post, who),
    refresh: (refreshToken) => hear(post("/api/auth/refresh", { refreshToken }), reasonOf, pair),
    signOut: null,
    async isSignedIn(bearer) {
      return (await service.ask("/api/user/profile", { method: "GET", bearer })).status !== 401;
    },
    changePassword: (bearer, { oldPassword, newPassword }) =>
      hear(
        post(
          "/api/user/password",
          { current_password: oldPassword, new_password: newPassword },
          bearer,
        ),
        reasonOf,
      ),
    readName: (bearer) => readName(service, bearer),
    rename: (bearer, { first, last }) =>
      hear(
        service.ask("/api/user/profile", {
          method: "PUT",
          bearer,
          body: { display_name: `${first} ${last}` },
        }),
        reasonOf,
      ),
    recovery: {
      request: (email) => hear(post("/api/forgot-password", { email }), reasonOf),
      reset: ({ token, password }) =>
        hear(post("/api/reset-password", { token, password }), reasonOf),
    },
    sessions: null,
    totp: connectTotp(post),
    keys: connectKeys(service, post),
    device: connectDevice(post),
  };
}

type Post = (path: string, body: object, bearer?: string) => Promise<Answer<unknown>>;

async function signIn(post: Post, { email, password, code, recoveryCode }: SignIn) {
  const first = await post("/api/login", { email, password });
  const { mfaToken } = first.body as { mfaToken?: string };
  if (!mfaToken) {
    return hear(Promise.resolve(first), reasonOf, session);
  }
  if (!code && !recoveryCode) {
    return no("second_factor_required");
  }
  const second = { mfaToken, ...(code && { code }), ...(recoveryCode && { recoveryCode }) };
  return hear(post("/api/login/mfa", second), reasonOf, session);
}

async function readName(service: TestService, bearer: string): Promise<string> {
  const { body } = await service.ask<{ data: { display_name: string } }>("/api/user/profile", {
    method: "GET",
    bearer,
  });
  return body.data.display_name;
}

function connectTotp(post: Post): TotpDriver {
  return {
    enrol: (bearer) =>
      hear(
        post("/api/user/mfa/enable", { method: "totp" }, bearer),
        reasonOf,
        ({ data }: { data: { secret: string; enrollment_id: string } }) => ({
          secret: data.secret,
          handle: data.enrollment_id,
        }),
      ),
    confirm: (bearer, { handle, code }) =>
      hear(
        post("/api/user/mfa/verify", { enrollment_id: handle, code }, bearer),
        reasonOf,
        ({ data }: { data: { backup_codes: string[] } }) => ({ recoveryCodes: data.backup_codes }),
      ),
    disable: (bearer, proof) => hear(post("/api/user/mfa/disable", proof, bearer), reasonOf),
  };
}

function connectKeys(service: TestService, post: Post): KeysDriver {
  return {
    create: (bearer) =>
      hear(
        post("/api/user/api-keys", { name: "a key", scopes: ["profile:read"] }, bearer),
        reasonOf,
        ({ data }: { data: { key: string; id: string } }) => ({ key: data.key, id: data.id }),
      ),
    remove: (bearer, id) =>
      hear(service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer }), reasonOf),
    async use(key) {
      const { status } = await service.ask("/api/user/profile", { method: "GET", bearer: key });
      return status === 200 ? "good" : status === 403 ? "not for this" : "no key";
    },
  };
}

function connectDevice(post: Post): DeviceDriver {
  const clientId = TV;
  const decide = (bearer: string, word: object) =>
    hear(post("/api/v2/auth/device/authorize", word, bearer), reasonOf);

  return {
    start: (scopes) =>
      hear(
        post("/api/v2/auth/device", { clientId, ...(scopes && { scopes }) }),
        reasonOf,
        (body: { deviceCode: string; userCode: string; interval: number }) => ({
          deviceCode: body.deviceCode,
          userCode: body.userCode,
          intervalSeconds: body.interval,
        }),
      ),
    poll: (deviceCode) =>
      hear(post("/api/v2/auth/device/token", { deviceCode, clientId }), reasonOf, session),
    approve: (bearer, { userCode, scopes }) =>
      decide(bearer, { userCode, ...(scopes && { scopes }) }),
    deny: (bearer, userCode) => decide(bearer, { userCode, approve: false }),
  };
}

function pair({ accessToken, refreshToken }: Omit<SignedIn, "user">) {
  return { accessToken, refreshToken };
}

function session({ user, ...tokens }: SignedIn) {
  return { ...pair(tokens), email: user.email };
}

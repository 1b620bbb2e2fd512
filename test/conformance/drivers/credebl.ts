import type { Reason } from "../../../src/core/refused.ts";
import { mailTo, VERIFY } from "../../support/mail.ts";
import type { Answer, TestService } from "../../support/service.ts";
import { type Contract, type Driver, given, hear, type SessionsDriver } from "../driver.ts";

interface TokenData {
  data: { access_token: string; refresh_token: string; sessionId: string };
}

interface ErrorBody {
  message: string | string[];
}

/** CREDEBL as its clients use it. */
export const credebl: Contract = {
  contract: "credebl",
  tellsTakenAddresses: false,
  demandsVerifiedEmail: true,
  connect,
};

function connect(service: TestService): Driver {
  const post = (path: string, body: object, bearer?: string) =>
    service.ask(path, { body, ...(bearer !== undefined && { bearer }) });

  return {
    async join({ email, password, name }) {
      given(await hear(post("/auth/verification-mail", { email }), onLink));
      const { text } = await mailTo(service, email, VERIFY);
      const code = text.match(/verificationCode=([\w-]+)/)?.[1] ?? "";
      const query = new URLSearchParams({ email, verificationCode: code });
      given(await hear(service.ask(`/auth/verify?${query}`, { method: "GET" }), onLink));
      const [firstName, lastName] = name.split(" ");
      given(await hear(post("/auth/signup", { email, password, firstName, lastName }), onLink));
    },
    register: null,
    verifyEmail: null,
    signIn: ({ email, password, code, recoveryCode }) => {
      const factor = { ...(code && { totpCode: code }), ...(recoveryCode && { recoveryCode }) };
      return hear(
        post("/auth/signin", { email, password, ...factor }),
        onSignIn,
        (body: TokenData) => ({ ...pair(body), email: null }),
      );
    },
    refresh: (refreshToken) =>
      hear(post("/auth/refresh-token", { refreshToken }), () => "refresh_token_invalid", pair),
    signOut: (bearer) => hear(post("/auth/signout", {}, bearer), () => "unauthenticated"),
    async isSignedIn(bearer) {
      const path = `/auth/${crypto.randomUUID()}/sessions`;
      return (await service.ask(path, { method: "GET", bearer })).status !== 401;
    },
    changePassword: (bearer, change) =>
      hear(post("/auth/reset-password", change, bearer), onSignIn),
    readName: null,
    rename: null,
    recovery: {
      request: (email) => hear(post("/auth/forgot-password", { email }), onLink),
      reset: ({ email, token, password }) =>
        hear(
          post(`/auth/password-reset/${encodeURIComponent(email)}`, { token, password }),
          onLink,
        ),
    },
    sessions: connectSessions(service),
    totp: null,
    keys: null,
    device: null,
  };
}

function connectSessions(service: TestService): SessionsDriver {
  return {
    async list(bearer) {
      const userId = JSON.parse(atob(bearer.split(".")[1] ?? "")).sub;
      const asked = service.ask(`/auth/${userId}/sessions`, { method: "GET", bearer });
      const read = ({ data }: { data: { id: string }[] }) => ({ ids: data.map(({ id }) => id) });
      return given(await hear(asked, () => "unauthenticated", read)).ids;
    },
    revoke: (bearer, id) =>
      hear(service.ask(`/auth/${id}/sessions`, { method: "DELETE", bearer }), ({ status }) =>
        status === 404
          ? "session_unknown"
          : status === 403
            ? "session_of_another"
            : "unauthenticated",
      ),
  };
}

function pair({ data }: TokenData) {
  return { accessToken: data.access_token, refreshToken: data.refresh_token };
}

function onSignIn({ status, body }: Answer<unknown>): Reason | undefined {
  const { message } = body as ErrorBody;
  if (status !== 401) {
    return status === 400 ? "weak_password" : undefined;
  }
  if (message === "Two-factor code required") {
    return "second_factor_required";
  }
  return /code/i.test(String(message)) ? "second_factor_invalid" : "invalid_credentials";
}

/** A weak password is told field by field, a bad link in one text. */
function onLink({ status, body }: Answer<unknown>): Reason | undefined {
  const { message } = body as ErrorBody;
  if (status !== 400) {
    return undefined;
  }
  return typeof message === "string" ? "mailed_link_invalid" : "weak_password";
}

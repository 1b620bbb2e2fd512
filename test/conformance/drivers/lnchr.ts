import type { Reason } from "../../../src/core/refused.ts";
import { mailTo } from "../../support/mail.ts";
import type { Answer, TestService } from "../../support/service.ts";
import { type Contract, type Driver, given, hear } from "../driver.ts";

interface Body {
  data: { token: string; user: { email: string } };
}

interface ErrorBody {
  error: { code: string; message: string };
}

const LOGIN_CODE = /code/i;

/** Launcher as its clients use it, in the default tenant. */
export const lnchr: Contract = {
  contract: "lnchr",
  tellsTakenAddresses: false,
  demandsVerifiedEmail: false,
  connect,
};

function connect(service: TestService): Driver {
  const path = (row: string) => `/api/v1${row}`;

  return {
    // A verified login code makes the account; its first password is set right after.
    async join({ email, password }) {
      given(await hear(service.ask(path("/auth/send-code"), { body: { email } }), onSignIn));
      const { text } = await mailTo(service, email, LOGIN_CODE);
      const code = text.match(/\b\d{6}\b/)?.[0];
      const entered = service.ask(path("/auth/verify-code"), { body: { email, code } });
      const { accessToken: bearer } = given(await hear(entered, onSignIn, session));
      const body = { new_password: password };
      const set = service.ask(path("/auth/me/set-initial-password"), { bearer, body });
      given(await hear(set, onSignIn));
    },
    register: null,
    verifyEmail: null,
    signIn: ({ email, password, code, recoveryCode }) => {
      const factor = {
        ...(code && { totp_code: code }),
        ...(recoveryCode && { recovery_code: recoveryCode }),
      };
      const body = { email, password, ...factor };
      const isFactor = code !== undefined || recoveryCode !== undefined;
      return hear(
        service.ask(path("/auth/login"), { body }),
        (answer) => (isFactor ? onSecondFactor(answer) : onSignIn(answer)),
        session,
      );
    },
    refresh: null,
    signOut: (bearer) =>
      hear(service.ask(path("/auth/logout"), { method: "POST", bearer }), onCall),
    async isSignedIn(bearer) {
      return (await service.ask(path("/auth/me"), { method: "GET", bearer })).status !== 401;
    },
    changePassword: (bearer, { oldPassword, newPassword }) =>
      hear(
        service.ask(path("/auth/me/password"), {
          method: "PUT",
          bearer,
          body: { current_password: oldPassword, new_password: newPassword },
        }),
        onSignIn,
      ),
    async readName(bearer) {
      const { body } = await service.ask<{ data: { first_name: string; last_name: string } }>(
        path("/auth/me"),
        { method: "GET", bearer },
      );
      return `${body.data.first_name} ${body.data.last_name}`;
    },
    rename: (bearer, { first, last }) =>
      hear(
        service.ask(path("/auth/me"), {
          method: "PUT",
          bearer,
          body: { first_name: first, last_name: last },
        }),
        onCall,
      ),
    recovery: null,
    sessions: null,
    totp: null,
    // Service keys belong to administrators; what they open lies in other services.
    keys: null,
    device: null,
  };
}

function session({ data: { token, user } }: Body) {
  return { accessToken: token, refreshToken: null, email: user.email };
}

function onSignIn({ status, body }: Answer<unknown>): Reason | undefined {
  const { code } = (body as ErrorBody).error;
  if (status === 401) {
    return code === "TWO_FACTOR_REQUIRED" ? "second_factor_required" : "invalid_credentials";
  }
  return status === 400 ? "weak_password" : undefined;
}

/** With a code sent along, a refusal may be about either. */
function onSecondFactor(answer: Answer<unknown>): Reason | undefined {
  const { message } = (answer.body as ErrorBody).error;
  return /second factor/i.test(message) ? "second_factor_invalid" : onSignIn(answer);
}

function onCall({ status }: Answer<unknown>): Reason | undefined {
  return status === 401 ? "unauthenticated" : undefined;
}

import type { Reason } from "../../../src/core/refused.ts";
import { mailedToken, VERIFY } from "../../support/mail.ts";
import type { Answer, TestService } from "../../support/service.ts";
import {
  type Contract,
  type Driver,
  given,
  hear,
  no,
  type SignIn,
  type TotpDriver,
} from "../driver.ts";

interface SignedIn {
  user: { email: string };
  token: string;
}

interface ErrorBody {
  error?: string;
  errors?: Record<string, string[]>;
}

/** Pionne as its clients use it. */
export const pionne: Contract = {
  contract: "pionne",
  tellsTakenAddresses: true,
  demandsVerifiedEmail: false,
  connect,
};

function connect(service: TestService): Driver {
  const ask = (method: string, path: string, bearer?: string, body?: object) =>
    service.ask(`/api/auth${path}`, {
      method,
      ...(body && { body }),
      ...(bearer !== undefined && { bearer }),
    });
  const register: Driver["register"] = ({ email, password, name }) =>
    hear(ask("POST", "/register", undefined, { email, password, name }), reasonOf);

  return {
    async join(person) {
      given(await register(person));
      const token = await mailedToken(service, person.email, VERIFY);
      const { status } = await service.ask("/api/verify-email", { body: { token } });
      if (status !== 200) {
        throw new Error(`confirming the address answered ${status}`);
      }
    },
    register,
    verifyEmail: null,
    signIn: (who) => signIn(ask, who),
    refresh: null,
    signOut: (bearer) => hear(ask("POST", "/logout", bearer), reasonOf),
    async isSignedIn(bearer) {
      return (await ask("GET", "/me", bearer)).status !== 401;
    },
    changePassword: null,
    async readName(bearer) {
      return ((await ask("GET", "/me", bearer)).body as { name: string }).name;
    },
    rename: null,
    recovery: null,
    sessions: {
      async list(bearer) {
        const read = ({ tokens }: { tokens: { id: number }[] }) => ({
          ids: tokens.map(({ id }) => String(id)),
        });
        return given(await hear(ask("GET", "/tokens", bearer), reasonOf, read)).ids;
      },
      revoke: (bearer, id) => hear(ask("DELETE", `/tokens/${id}`, bearer), reasonOf),
    },
    totp: connectTotp(ask),
    keys: null,
    device: null,
  };
}

type Ask = (
  method: string,
  path: string,
  bearer?: string,
  body?: object,
) => Promise<Answer<unknown>>;

async function signIn(ask: Ask, { email, password, code, recoveryCode }: SignIn) {
  const first = await ask("POST", "/login", undefined, { email, password });
  const { totp_token } = first.body as { totp_token?: string };
  if (!totp_token) {
    return hear(Promise.resolve(first), onSignIn, session);
  }
  if (!code && !recoveryCode) {
    return no("second_factor_required");
  }
  const second = {
    totp_token,
    ...(code && { code }),
    ...(recoveryCode && { recovery_code: recoveryCode }),
  };
  return hear(ask("POST", "/login/totp", undefined, second), reasonOf, session);
}

function connectTotp(ask: Ask): TotpDriver {
  return {
    enrol: (bearer, password) =>
      hear(
        ask("POST", "/totp/enable", bearer, { password }),
        reasonOf,
        ({ secret }: { secret: string }) => ({ secret, handle: "" }),
      ),
    confirm: (bearer, { code }) =>
      hear(
        ask("POST", "/totp/confirm", bearer, { code }),
        reasonOf,
        ({ recovery_codes }: { recovery_codes: string[] }) => ({ recoveryCodes: recovery_codes }),
      ),
    disable: (bearer, proof) => hear(ask("POST", "/totp/disable", bearer, proof), reasonOf),
  };
}

function session({ user, token }: SignedIn) {
  return { accessToken: token, refreshToken: null, email: user.email };
}

function onSignIn(answer: Answer<unknown>): Reason | undefined {
  return answer.status === 401 ? "invalid_credentials" : reasonOf(answer);
}

function reasonOf({ status, body }: Answer<unknown>): Reason | undefined {
  const { error, errors } = body as ErrorBody;
  if (error === "invalid_totp_token") {
    return "challenge_invalid";
  }
  if (error === "invalid_code") {
    return "second_factor_invalid";
  }
  if (error === "cannot_revoke_current") {
    return "session_current";
  }
  if (status === 404) {
    return "session_unknown";
  }
  if (errors) {
    return "password" in errors ? "weak_password" : "address_taken";
  }
  return status === 401 ? "unauthenticated" : undefined;
}

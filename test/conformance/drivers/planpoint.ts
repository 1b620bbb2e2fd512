import type { Reason } from "../../../src/core/refused.ts";
import type { Answer, TestService } from "../../support/service.ts";
import { type Contract, type Driver, hear } from "../driver.ts";

interface SignedIn {
  access_token: string;
  username: string;
}

/** Planpoint as its clients use it: the access token from the body, the refresh token as a cookie. */
export const planpoint: Contract = {
  contract: "planpoint",
  tellsTakenAddresses: false,
  demandsVerifiedEmail: false,
  connect,
};

function connect(service: TestService): Driver {
  const { origin } = new URL(service.settings.publicUrl);

  return {
    join: null,
    register: null,
    verifyEmail: null,
    signIn: ({ email, password, code, recoveryCode }) => {
      const factor = { ...(code && { code }), ...(recoveryCode && { recoveryCode }) };
      return hear(
        service.ask("/api/users/login", { body: { username: email, password, ...factor } }),
        onSignIn,
        ({ access_token, username }: SignedIn, headers) => ({
          accessToken: access_token,
          refreshToken: refreshCookie(headers),
          email: username,
        }),
      );
    },
    refresh: (refreshToken) =>
      hear(
        service.ask("/api/users/refresh", {
          method: "POST",
          headers: { cookie: `planpointRefresh=${refreshToken}`, origin },
        }),
        () => "refresh_token_invalid",
        ({ access_token }: SignedIn, headers) => ({
          accessToken: access_token,
          refreshToken: refreshCookie(headers),
        }),
      ),
    signOut: (bearer) =>
      hear(service.ask("/api/users/logout", { method: "POST", bearer }), () => undefined),
    async isSignedIn(bearer) {
      return (await service.ask("/api/users/me", { method: "GET", bearer })).status !== 401;
    },
    changePassword: null,
    async readName(bearer) {
      const { body } = await service.ask<{ fullName: string }>("/api/users/me", {
        method: "GET",
        bearer,
      });
      return body.fullName;
    },
    rename: (bearer, { first, last }) =>
      hear(
        service.ask("/api/users/me", {
          method: "PUT",
          bearer,
          body: { name: first, lastName: last },
        }),
        () => undefined,
      ),
    recovery: null,
    sessions: null,
    totp: null,
    keys: null,
    device: null,
  };
}

function refreshCookie(headers: Headers): string | null {
  const cookie = headers.getSetCookie().find((line) => line.startsWith("planpointRefresh="));
  return cookie?.match(/=([^;]*)/)?.[1] ?? null;
}

function onSignIn({ status, body }: Answer<unknown>): Reason | undefined {
  const { message } = body as { message: string };
  if (message === "Two-factor code required") {
    return "second_factor_required";
  }
  if (status !== 401) {
    return undefined;
  }
  return /code/i.test(message) ? "second_factor_invalid" : "invalid_credentials";
}

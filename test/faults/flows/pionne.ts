import { Authenticator } from "../../support/authenticator.ts";
import { somebody } from "../../support/people.ts";
import { asks, asksSignedIn } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";

/** By operation, and what is special about it after a colon. */
export const pionne: Flows = {
  registerAndSignIn: {
    again: 422,
    ordersAfterwards: ["verify-email"],
    prepare: async ({ service }) => asks(service, "POST /api/auth/register", { body: somebody() }),
  },
  startSignIn: {
    async prepare({ service, member }) {
      const { email, password } = await member();
      return asks(service, "POST /api/auth/login", { body: { email, password } });
    },
  },
  finishSignIn: {
    again: 422,
    beaten: { status: 401, saying: "invalid_totp_token" },
    async prepare({ service, helper, withApp }) {
      const { app, email, password } = await withApp();
      const { body } = await helper.ask<{ totp_token: string }>("/api/auth/login", {
        body: { email, password },
      });
      const { totp_token } = body;
      return asks(service, "POST /api/auth/login/totp", {
        body: { totp_token, code: app.code() },
      });
    },
  },
  signOut: { again: 401, prepare: asksSignedIn("POST /api/auth/logout") },
  currentAccount: { prepare: asksSignedIn("GET /api/auth/me") },
  listSessions: { prepare: asksSignedIn("GET /api/auth/tokens") },
  revokeOtherSession: {
    again: 404,
    prepare: asksSignedIn(async (who, { signedIn }) => {
      await signedIn(who);
      return "DELETE /api/auth/tokens/2";
    }),
  },
  revokeOtherSessions: {
    prepare: asksSignedIn(async (who, { signedIn }) => {
      await signedIn(who);
      return "DELETE /api/auth/tokens";
    }),
  },
  enrolTotp: {
    prepare: asksSignedIn("POST /api/auth/totp/enable", ({ password }) => ({ password })),
  },
  confirmTotp: {
    again: 422,
    prepare: asksSignedIn("POST /api/auth/totp/confirm", async ({ bearer, password }, scene) => {
      const { body } = await scene.helper.ask<{ secret: string }>("/api/auth/totp/enable", {
        bearer,
        body: { password },
      });
      return { code: new Authenticator(body.secret).code() };
    }),
  },
  disableTotp: {
    again: 422,
    async prepare({ service, withApp }) {
      const { app, bearer, password } = await withApp();
      const body = { password, code: app.code() };
      return asks(service, "POST /api/auth/totp/disable", { bearer, body });
    },
  },
  replaceRecoveryCodes: {
    again: 422,
    async prepare({ service, withApp }) {
      const { app, bearer } = await withApp();
      return asks(service, "POST /api/auth/totp/recovery-codes", {
        bearer,
        body: { code: app.code() },
      });
    },
  },
};

import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { addressProofs } from "../../../src/storage/d1/schema.ts";
import { createdKey } from "../../support/api-keys.ts";
import { somebody } from "../../support/people.ts";
import { only } from "../../support/post-office.ts";
import { codeIn } from "../../surfaces/credebl/credebl.ts";
import { asks, asksSignedIn } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";

const NEW_PASSWORD = "another gentle otter";

interface Tokens {
  data: { access_token: string; refresh_token: string };
}

/** By operation, and what is special about it after a colon. */
export const credebl: Flows = {
  signIn: {
    async prepare({ service, member }) {
      const { email, password } = await member();
      return asks(service, "POST /auth/signin", { body: { email, password } });
    },
  },
  refresh: {
    async prepare({ service, helper, member }) {
      const { email, password } = await member();
      const { body } = await helper.ask<Tokens>("/auth/signin", { body: { email, password } });
      const { refresh_token: refreshToken } = body.data;
      return asks(service, "POST /auth/refresh-token", { body: { refreshToken } });
    },
  },
  signOut: { again: 401, prepare: asksSignedIn("POST /auth/signout", {}) },
  requestPasswordResetAt: {
    async prepare({ service, member }) {
      const { email } = await member();
      return asks(service, "POST /auth/forgot-password", { body: { email } });
    },
  },
  resetPassword: {
    again: 400,
    async prepare({ service, helper, member }) {
      const { email } = await member();
      await helper.ask("/auth/forgot-password", { body: { email } });
      const token = codeIn(only(await helper.deliver()));
      const path = `/auth/password-reset/${encodeURIComponent(email)}`;
      return asks(service, `POST ${path}`, { body: { token, password: NEW_PASSWORD } });
    },
  },
  replacePassword: {
    again: 401,
    async prepare({ service, member }) {
      const { email, password: oldPassword } = await member();
      const body = { email, oldPassword, newPassword: NEW_PASSWORD };
      return asks(service, "POST /auth/reset-password", { body });
    },
  },
  "replacePassword: by somebody who is signed in": {
    again: 401,
    prepare: asksSignedIn("POST /auth/reset-password", ({ email, password: oldPassword }) => ({
      email,
      oldPassword,
      newPassword: NEW_PASSWORD,
    })),
  },
  "replacePassword: with a second factor": {
    again: 401,
    beaten: { status: 401, saying: "Invalid two-factor code" },
    async prepare({ service, withApp }) {
      const { app, email, password: oldPassword } = await withApp();
      const body = { email, oldPassword, newPassword: NEW_PASSWORD, totpCode: app.code() };
      return asks(service, "POST /auth/reset-password", { body });
    },
  },
  listSessions: { prepare: asksSignedIn(({ id }) => `GET /auth/${id}/sessions`) },
  revokeSession: {
    again: 404,
    prepare: asksSignedIn(async (who, { signedIn }) => {
      const { bearer } = await signedIn(who);
      return `DELETE /auth/${sessionOf(bearer)}/sessions`;
    }),
  },
  listFrontEnds: { prepare: async ({ service }) => asks(service, "GET /auth/clientAliases") },
  requestAddressProof: {
    prepare: async ({ service }) =>
      asks(service, "POST /auth/verification-mail", { body: { email: somebody().email } }),
  },
  proveAddress: {
    again: 400,
    async prepare({ service, helper }) {
      const { email } = somebody();
      await helper.ask("/auth/verification-mail", { body: { email } });
      const verificationCode = codeIn(only(await helper.deliver()));
      const query = new URLSearchParams({ email, verificationCode });
      return asks(service, `GET /auth/verify?${query}`);
    },
  },
  "proveAddress: of an account that nobody had proved": {
    again: 400,
    async prepare({ service, helper, member, signedIn }) {
      const { bearer, email } = await signedIn(await member({ emailVerifiedAt: null }));
      await createdKey(helper, bearer);
      await helper.deliver();
      await helper.ask("/auth/verification-mail", { body: { email } });
      const verificationCode = codeIn(only(await helper.deliver()));
      const query = new URLSearchParams({ email, verificationCode });
      return asks(service, `GET /auth/verify?${query}`);
    },
  },
  signUp: {
    again: 409,
    async prepare({ service }) {
      const { email, password } = somebody();
      const now = new Date();
      const proof = { tenantId: DEFAULT_TENANT_ID, email, linkNumber: 1, linkedAt: now };
      await openDatabase(env.DB)
        .insert(addressProofs)
        .values({ ...proof, provedAt: now });
      const body = { email, password, firstName: "Robin", lastName: "Example" };
      return asks(service, "POST /auth/signup", { body });
    },
  },
};

function sessionOf(accessToken: string): string {
  return JSON.parse(atob(accessToken.split(".")[1] ?? "")).sid;
}

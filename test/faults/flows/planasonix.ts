import { createdKey } from "../../support/api-keys.ts";
import { Authenticator } from "../../support/authenticator.ts";
import { TV } from "../../support/clients.ts";
import { decide, startedDevice } from "../../support/devices.ts";
import { somebody } from "../../support/people.ts";
import { only, tokenIn } from "../../support/post-office.ts";
import { asks, asksSignedIn } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const NEW_PASSWORD = "another gentle otter";

/** By operation, and what is special about it after a colon. */
export const planasonix: Flows = {
  startSignIn: {
    async prepare({ service, member }) {
      const { email, password } = await member();
      return asks(service, "POST /api/login", { body: { email, password } });
    },
  },
  "startSignIn: of somebody with a second factor": {
    async prepare({ service, withApp }) {
      const { email, password } = await withApp();
      return asks(service, "POST /api/login", { body: { email, password } });
    },
  },
  "startSignIn: with a wrong password": {
    refused: 401,
    async prepare({ service, member }) {
      const { email } = await member();
      return asks(service, "POST /api/login", { body: { email, password: "wrong" } });
    },
  },
  finishSignIn: {
    again: 401,
    beaten: { status: 401, saying: "invalid_mfa_token" },
    prepare: (scene) => secondStep(scene, ({ app }) => ({ code: app.code() })),
  },
  "finishSignIn: with a recovery code": {
    again: 401,
    prepare: (scene) => secondStep(scene, ({ recoveryCode }) => ({ recoveryCode })),
  },
  "finishSignIn: with a wrong code": {
    refused: 401,
    prepare: (scene) => secondStep(scene, () => ({ code: "wrong" })),
  },
  refresh: {
    async prepare({ service, signedIn }) {
      const { refreshToken } = await signedIn();
      return asks(service, "POST /api/auth/refresh", { body: { refreshToken } });
    },
  },
  "refresh: with a token that was spent long ago, which ends the session": {
    refused: 401,
    async prepare({ service, helper, signedIn }) {
      const { refreshToken: first } = await signedIn();
      const trade = async (refreshToken: string) => {
        const asked = { body: { refreshToken } };
        const { body } = await helper.ask<{ refreshToken: string }>("/api/auth/refresh", asked);
        return body.refreshToken;
      };
      await trade(await trade(first));
      return asks(service, "POST /api/auth/refresh", { body: { refreshToken: first } });
    },
  },
  register: {
    leaves:
      "an account without its first mail: whoever registers it again is mailed a link that lets them in",
    mostLost: 1,
    prepare: async ({ service }) => asks(service, "POST /api/register", { body: somebody() }),
  },
  "register: with an address that is taken": {
    async prepare({ service, member }) {
      const body = { ...somebody(), email: (await member()).email };
      return asks(service, "POST /api/register", { body });
    },
  },
  requestPasswordReset: {
    async prepare({ service, member }) {
      const { email } = await member();
      return asks(service, "POST /api/forgot-password", { body: { email } });
    },
  },
  resetPassword: {
    again: 400,
    async prepare({ service, helper, member }) {
      const { email } = await member();
      await helper.ask("/api/forgot-password", { body: { email } });
      const token = tokenIn(only(await helper.deliver()));
      const body = { token, password: NEW_PASSWORD };
      return asks(service, "POST /api/reset-password", { body });
    },
  },
  verifyEmail: {
    again: 400,
    async prepare({ service, helper }) {
      await helper.ask("/api/register", { body: somebody() });
      const token = tokenIn(only(await helper.deliver()));
      return asks(service, "POST /api/verify-email", { body: { token } });
    },
  },

  startDeviceGrant: {
    prepare: async ({ service }) =>
      asks(service, "POST /api/v2/auth/device", { body: { clientId: TV } }),
  },
  redeemDeviceGrant: {
    again: 400,
    async prepare({ service, helper, signedIn }) {
      const { bearer } = await signedIn();
      const { deviceCode, userCode } = await startedDevice(helper);
      await decide(helper, bearer, { userCode });
      const body = { deviceCode, clientId: TV };
      return asks(service, "POST /api/v2/auth/device/token", { body });
    },
  },
  "redeemDeviceGrant: before anybody has decided": {
    refused: 400,
    async prepare({ service, helper }) {
      const { deviceCode } = await startedDevice(helper);
      const body = { deviceCode, clientId: TV };
      return asks(service, "POST /api/v2/auth/device/token", { body });
    },
  },
  decideDeviceGrant: {
    again: 409,
    prepare: asksSignedIn("POST /api/v2/auth/device/authorize", async (_, { helper }) => ({
      userCode: (await startedDevice(helper)).userCode,
    })),
  },
  "decideDeviceGrant: a no": {
    again: 409,
    prepare: asksSignedIn("POST /api/v2/auth/device/authorize", async (_, { helper }) => ({
      userCode: (await startedDevice(helper)).userCode,
      approve: false,
    })),
  },
  "decideDeviceGrant: with a wrong code": {
    refused: 404,
    prepare: asksSignedIn("POST /api/v2/auth/device/authorize", { userCode: "BCDF-GHJK" }),
  },

  currentAccount: { prepare: asksSignedIn("GET /api/user/profile") },
  "currentAccount: with a key": {
    async prepare({ service, helper, signedIn }) {
      const { bearer } = await signedIn();
      const { key } = await createdKey(helper, bearer);
      return asks(service, "GET /api/user/profile", { headers: { "x-planasonix-api-key": key } });
    },
  },
  updateProfile: { prepare: asksSignedIn("PUT /api/user/profile", { display_name: "Sam Otter" }) },
  changePassword: {
    again: 401,
    prepare: asksSignedIn("POST /api/user/password", ({ password }) => ({
      current_password: password,
      new_password: NEW_PASSWORD,
    })),
  },
  describeSecondFactor: { prepare: asksSignedIn("GET /api/user/mfa") },
  enrolTotp: { prepare: asksSignedIn("POST /api/user/mfa/enable", { method: "totp" }) },
  confirmTotp: {
    again: 401,
    prepare: asksSignedIn("POST /api/user/mfa/verify", async ({ bearer }, { helper }) => {
      const { body } = await helper.ask<{ data: { secret: string; enrollment_id: string } }>(
        "/api/user/mfa/enable",
        { bearer, body: { method: "totp" } },
      );
      const { secret, enrollment_id } = body.data;
      return { enrollment_id, code: new Authenticator(secret).code() };
    }),
  },
  disableTotp: {
    again: 401,
    async prepare({ service, withApp }) {
      const { app, bearer, password } = await withApp();
      const body = { password, code: app.code() };
      return asks(service, "POST /api/user/mfa/disable", { bearer, body });
    },
  },
  listKeys: { prepare: asksSignedIn("GET /api/user/api-keys") },
  createKey: {
    prepare: asksSignedIn("POST /api/user/api-keys", { name: "a key", scopes: ["profile:read"] }),
  },
  deleteKey: {
    again: 404,
    prepare: asksSignedIn(async ({ bearer }, { helper }) => {
      const { id } = await createdKey(helper, bearer);
      return `DELETE /api/user/api-keys/${id}`;
    }),
  },
};

/** Somebody who has given the right password, and gives this beside it. */
async function secondStep(
  { service, helper, withApp }: Scene,
  given: (who: Awaited<ReturnType<Scene["withApp"]>>) => object,
) {
  const who = await withApp();
  const { email, password } = who;
  const { body } = await helper.ask<{ mfaToken: string }>("/api/login", {
    body: { email, password },
  });
  return asks(service, "POST /api/login/mfa", {
    body: { mfaToken: body.mfaToken, ...given(who) },
  });
}

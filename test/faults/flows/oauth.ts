import { env } from "cloudflare:workers";
import { decide } from "../../support/devices.ts";
import {
  API_SERVER,
  askToken,
  BACKEND,
  basic,
  codeFor,
  DEVICE_CODE_GRANT,
  type FormFields,
  formOf,
  redemption,
  startedGrant,
  tokensIn,
} from "../../support/oauth.ts";
import { asks } from "../support/asking.ts";
import type { Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";
import { told } from "../support/told.ts";

const TOKEN = "POST /oauth/token";
const DEVICE_CLIENT = "test-oauth-tv";

/** By endpoint, and what is special about it after a colon. */
export const oauth: Flows = {
  "POST /oauth/token: with a code": {
    again: 400,
    prepare: async (scene) => posts(scene, TOKEN, redemption(await code(scene))),
  },
  "POST /oauth/token: with a code that was used, which ends what it gave": {
    refused: 400,
    async prepare(scene) {
      const used = redemption(await code(scene));
      await askToken(scene.helper, used);
      return posts(scene, TOKEN, used);
    },
  },
  "POST /oauth/token: with a code and a wrong verifier": {
    refused: 400,
    prepare: async (scene) =>
      posts(scene, TOKEN, redemption(await code(scene), { code_verifier: "x".repeat(43) })),
  },
  "POST /oauth/token: with a refresh token": {
    async prepare(scene) {
      const { refresh_token } = await appTokens(scene);
      return posts(scene, TOKEN, {
        grant_type: "refresh_token",
        client_id: "test-spa",
        refresh_token,
      });
    },
  },
  "POST /oauth/token: with a refresh token, for a part of it": {
    async prepare(scene) {
      const { refresh_token } = await appTokens(scene);
      return posts(scene, TOKEN, {
        grant_type: "refresh_token",
        client_id: "test-spa",
        scope: "openid",
        refresh_token,
      });
    },
  },
  "POST /oauth/token: for the client itself": {
    prepare: async (scene) =>
      posts(scene, TOKEN, { grant_type: "client_credentials" }, basic(BACKEND.basic)),
  },
  "POST /oauth/token: with a device code": {
    again: 400,
    async prepare(scene) {
      const device_code = await approved(scene);
      return posts(scene, TOKEN, {
        grant_type: DEVICE_CODE_GRANT,
        client_id: DEVICE_CLIENT,
        device_code,
      });
    },
  },
  "POST /oauth/token: with a device code, under a key for retries": {
    async prepare(scene) {
      const device_code = await approved(scene);
      return posts(
        scene,
        TOKEN,
        { grant_type: DEVICE_CODE_GRANT, client_id: DEVICE_CLIENT, device_code },
        undefined,
        { "idempotency-key": crypto.randomUUID() },
      );
    },
  },
  "POST /oauth/token: with a device code that nobody has decided": {
    refused: 400,
    async prepare(scene) {
      const { device_code } = await startedGrant(scene.helper);
      return posts(scene, TOKEN, {
        grant_type: DEVICE_CODE_GRANT,
        client_id: DEVICE_CLIENT,
        device_code,
      });
    },
  },
  "POST /oauth/device_authorization": {
    prepare: async (scene) =>
      posts(scene, "POST /oauth/device_authorization", { client_id: DEVICE_CLIENT }),
  },
  "GET /oauth/device/wait": {
    async prepare({ service, helper }) {
      const { device_code } = await startedGrant(helper);
      return async () => {
        const { url, headers } = socketRequest(service.settings.publicUrl, device_code);
        const answer = await service.fetch(new Request(url, { headers }));
        answer.webSocket?.accept();
        answer.webSocket?.close();
        const body = answer.webSocket ? "a socket" : await answer.json();
        return told({ status: answer.status, headers: answer.headers, body });
      };
    },
  },
  "POST /oauth/revoke": {
    async prepare(scene) {
      const { refresh_token: token } = await appTokens(scene);
      return posts(scene, "POST /oauth/revoke", { client_id: "test-spa", token });
    },
  },
  "POST /oauth/revoke: of a client's own token": {
    async prepare(scene) {
      const { access_token: token } = await clientTokens(scene);
      return posts(scene, "POST /oauth/revoke", { token }, basic(BACKEND.basic));
    },
  },
  "POST /oauth/introspect": {
    async prepare(scene) {
      const { access_token: token } = await appTokens(scene);
      return posts(scene, "POST /oauth/introspect", { token }, basic(API_SERVER.basic));
    },
  },
  "POST /oauth/introspect: of a client's own token": {
    async prepare(scene) {
      const { access_token: token } = await clientTokens(scene);
      return posts(scene, "POST /oauth/introspect", { token }, basic(BACKEND.basic));
    },
  },
  "GET /oauth/userinfo": {
    async prepare(scene) {
      const { access_token: bearer } = await appTokens(scene);
      return asks(scene.service, "GET /oauth/userinfo", { bearer });
    },
  },
  "POST /oauth/userinfo": {
    async prepare(scene) {
      const { access_token: bearer } = await appTokens(scene);
      return asks(scene.service, "POST /oauth/userinfo", { bearer });
    },
  },
  "GET /.well-known/jwks.json": {
    prepare: async ({ service }) => asks(service, "GET /.well-known/jwks.json"),
  },
  "GET /.well-known/jwks.json: before there is a key": {
    async prepare({ service }) {
      await env.DB.prepare("DELETE FROM signing_keys").run();
      return asks(service, "GET /.well-known/jwks.json");
    },
  },
  "GET /.well-known/oauth-authorization-server": {
    asksNothing: true,
    prepare: async ({ service }) => asks(service, "GET /.well-known/oauth-authorization-server"),
  },
  "GET /.well-known/openid-configuration": {
    asksNothing: true,
    prepare: async ({ service }) => asks(service, "GET /.well-known/openid-configuration"),
  },
};

function posts(
  { service }: Scene,
  endpoint: string,
  fields: FormFields,
  authorization?: string,
  headers: Record<string, string> = {},
): Send {
  return asks(service, endpoint, {
    body: formOf(fields).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(authorization && { authorization }),
      ...headers,
    },
  });
}

async function code({ helper, signedIn }: Scene): Promise<string> {
  return codeFor(helper, (await signedIn()).bearer);
}

async function appTokens(scene: Scene) {
  return tokensIn(await askToken(scene.helper, redemption(await code(scene))));
}

async function clientTokens({ helper }: Scene) {
  return tokensIn(await askToken(helper, { grant_type: "client_credentials" }, BACKEND));
}

async function approved({ helper, signedIn }: Scene): Promise<string> {
  const { bearer } = await signedIn();
  const { device_code, user_code } = await startedGrant(helper);
  await decide(helper, bearer, { userCode: user_code });
  return device_code;
}

function socketRequest(publicUrl: string, deviceCode: string) {
  const headers = {
    upgrade: "websocket",
    "sec-websocket-protocol": `latchkey.device-wait, ${deviceCode}`,
  };
  return { url: `${publicUrl}/oauth/device/wait`, headers };
}

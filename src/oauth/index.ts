import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { CoreSettings } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { BODY_MAX_BYTES } from "../http/json-body.ts";
import { openToEverySite } from "./cors.ts";
import { deviceAuthorization } from "./device-authorization.ts";
import { deviceWait } from "./device-wait.ts";
import { introspect } from "./introspect.ts";
import { jwks } from "./jwks.ts";
import { metadata } from "./metadata.ts";
import { paths } from "./paths.ts";
import { refuseLikeOAuth } from "./refusal.ts";
import { revoke } from "./revoke.ts";
import { token } from "./token.ts";
import { userInfo } from "./user-info.ts";

const OPEN_TO_EVERY_SITE = [
  paths.serverMetadata,
  paths.providerMetadata,
  paths.jwks,
  paths.token,
  paths.deviceAuthorization,
  paths.revoke,
  paths.userInfo,
];

/** Every endpoint that programs ask, as the standards name them. */
export function oauth(
  { publicUrl }: Pick<CoreSettings, "publicUrl">,
  signingKeys: { jwks(): Promise<object> },
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const path of OPEN_TO_EVERY_SITE) {
    app.use(path, openToEverySite);
  }
  const limit = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (http) => refuseLikeOAuth(http as Context<AppEnv>, new Refused("body_too_large")),
  });
  return app
    .get(paths.serverMetadata, metadata(publicUrl))
    .get(paths.providerMetadata, metadata(publicUrl))
    .get(paths.jwks, jwks(signingKeys))
    .post(paths.deviceAuthorization, limit, deviceAuthorization)
    .get(paths.deviceWait, deviceWait)
    .post(paths.token, limit, token)
    .post(paths.revoke, limit, revoke)
    .post(paths.introspect, limit, introspect)
    .get(paths.userInfo, userInfo)
    .post(paths.userInfo, limit, userInfo);
}

import { watchDeviceGrant } from "../core/oauth/watch-device-grant.ts";
import { Refused } from "../core/refused.ts";
import { endpoint, type Http } from "./endpoint.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { refuseLikeOAuth } from "./refusal.ts";

const SUBPROTOCOL = "latchkey.device-wait";

/**
 * A socket that says `decided` once the person has decided (RFC 6455): the device then polls, and gets
 * its tokens there. It brings its device code as the second of two subprotocols, because a WebSocket
 * client can set no other header, and what stands in a URL is kept in logs.
 */
export const deviceWait = endpoint("watchDeviceGrant", async (http, context) => {
  if (http.req.header("upgrade")?.toLowerCase() !== "websocket") {
    return upgradeRequired(http);
  }
  if (Object.keys(http.req.query()).some((name) => name.toLowerCase() === "device_code")) {
    return invalidParameter("device_code", "must not stand in the URL");
  }
  const [subprotocol, deviceCode, ...more] = subprotocols(http);
  if (subprotocol !== SUBPROTOCOL || !deviceCode || more.length > 0) {
    const issue = `must be ${SUBPROTOCOL} and the device code`;
    return invalidParameter("Sec-WebSocket-Protocol", issue);
  }
  const watched = await watchDeviceGrant(context, { deviceCode });
  return watched instanceof Refused
    ? watched
    : new Response(null, {
        status: 101,
        webSocket: watched.socket,
        headers: { "sec-websocket-protocol": SUBPROTOCOL },
      });
});

function subprotocols(http: Http): string[] {
  const header = http.req.header("sec-websocket-protocol") ?? "";
  return header.split(",").map((subprotocol) => subprotocol.trim());
}

/** Says what to upgrade to. RFC 9110 §15.5.22. */
function upgradeRequired(http: Http): Response {
  const issue = "must be websocket";
  const refused = refuseLikeOAuth(
    http,
    new Refused("invalid_request", { fields: [{ field: "Upgrade", issue }] }),
  );
  const headers = new Headers(refused.headers);
  headers.set("upgrade", "websocket");
  return new Response(refused.body, { status: 426, headers });
}

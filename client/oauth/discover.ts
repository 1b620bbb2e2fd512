import { type Answer, asking } from "../http/ask.ts";
import { askPatiently } from "../http/ask-patiently.ts";
import { isProtected } from "../is-protected.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Platform } from "../platform.ts";
import type { Abilities } from "./server.ts";

const METADATA = "GET /.well-known/oauth-authorization-server";
type Said = Partial<Answer<typeof METADATA>>;

/** What each endpoint is announced as, by the path that it has at Latchkey. */
const ENDPOINTS = {
  "/oauth/authorize": "authorization_endpoint",
  "/oauth/token": "token_endpoint",
  "/oauth/device_authorization": "device_authorization_endpoint",
  "/oauth/revoke": "revocation_endpoint",
  "/oauth/userinfo": "userinfo_endpoint",
} as const;

/**
 * Learns from a server itself what it can do, and where: RFC 8414 §3. Throws `wrong_issuer` for metadata
 * that name another one (§3.3: another server's, or a lie), and `unsafe_endpoint` for what others can
 * listen to.
 */
export async function discover(issuer: string, platform: Platform): Promise<Abilities> {
  const { origin, pathname } = new URL(issuer);
  const place = new URL(origin);
  // A path of the issuer comes last: §3.1.
  place.pathname = `/.well-known/oauth-authorization-server${pathname.replace(/\/$/, "")}`;
  const ask = asking(place, platform, () => place);
  const said: Said = (await askPatiently(ask, platform, METADATA, {})) ?? {};
  if (said.issuer !== issuer) {
    const itself = said.issuer ? `calls itself ${said.issuer}` : "does not say who it is";
    throw new LatchkeyError("wrong_issuer", `The server at ${issuer} ${itself}.`);
  }
  const endpoints = endpointsIn(said, origin);
  return {
    locate: (path) => new URL(endpoints.get(path) ?? notOffered(issuer, path)),
    bindsDeviceCodes: [said.device_code_challenge_methods_supported].flat().includes("S256"),
    holdSeconds: Math.floor(Number(said.device_poll_wait_seconds_supported) || 0),
    saysIssuer: said.authorization_response_iss_parameter_supported === true,
    saysScope: false,
  };
}

function endpointsIn(said: Said, origin: string): ReadonlyMap<string, string> {
  const announced = Object.entries(ENDPOINTS).filter(([, name]) => said[name]);
  return new Map(
    announced.map(([path, name]) => [path, endpoint(name, String(said[name]), origin)]),
  );
}

/** One on this machine is for an issuer that is here too: no other has secrets posted to a port of ours. */
function endpoint(name: string, address: string, origin: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isElsewhere = origin.startsWith("https:") && url?.protocol !== "https:";
  if (!url || !isProtected(url) || isElsewhere) {
    const what = `The server's ${name} is ${JSON.stringify(address)}: not an https address.`;
    throw new LatchkeyError("unsafe_endpoint", what);
  }
  return url.href;
}

function notOffered(issuer: string, path: string): never {
  const name = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path as keyof typeof ENDPOINTS] : path;
  throw new LatchkeyError("not_offered", `${issuer} announces no ${name}.`);
}

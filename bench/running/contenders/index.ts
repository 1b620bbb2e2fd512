import type { AnyContender } from "../load/contender.ts";
import type { Facts } from "../load/sender.ts";
import type { ServiceName } from "../service-name.ts";
import * as betterAuth from "./better-auth.ts";
import * as floor from "./floor.ts";
import * as latchkey from "./latchkey.ts";
import * as oidcProvider from "./oidc-provider.ts";
import * as workersOauthProvider from "./workers-oauth-provider.ts";

interface Entry {
  service: ServiceName;
  /** Which Worker of the service is asked. */
  worker: string;
  make(facts: Facts): AnyContender;
}

const of =
  (service: ServiceName, worker: string) =>
  (make: Entry["make"]): Entry => ({ service, worker, make });

const ours = of("latchkey", "latchkey");
const oursCheap = of("latchkey, cheap hash", "latchkey");
const caller = of("latchkey", "caller");
const theirs = of("better-auth", "better-auth");
const theirsCheap = of("better-auth, cheap hash", "better-auth");
const theirsCached = of("better-auth, cookie cache", "better-auth");
const theirsJoined = of("better-auth, joins", "better-auth");
const cloudflares = of("workers-oauth-provider", "workers-oauth-provider");
const inMemory = of("oidc-provider", "oidc-provider");
const least = of("floor", "floor");

/** Everything that is measured, by a name that says who does what. */
export const contenders = {
  "Latchkey: device poll": ours(latchkey.devicePoll),
  "Latchkey: device start": ours(latchkey.deviceStart),
  "Latchkey: refresh": oursCheap(() => latchkey.refresh()),
  "Latchkey: account by JWT": ours(latchkey.readWithToken),
  "Latchkey: account by opaque token": ours(latchkey.readWithOpaqueToken),
  "Latchkey: verify by RPC": caller(() => latchkey.verifyBy("rpc")),
  "Latchkey: verify by RPC, offline": caller(() => latchkey.verifyBy("rpc-offline")),
  "Latchkey: verify by RPC, offline, signature checked": caller(latchkey.verifyUnknownOffline),
  "Latchkey: verify by JWKS": caller(() => latchkey.verifyBy("jwks")),
  "Latchkey: introspection": ours(latchkey.introspect),
  "Latchkey: sign-in": ours(latchkey.signIn),
  "Latchkey: sign-in, 1 iteration": oursCheap(latchkey.signIn),
  "Latchkey: sign-out": oursCheap(latchkey.signOut),
  "Latchkey: sign-up, 1 iteration": oursCheap(latchkey.signUp),
  "better-auth: device poll": theirs(betterAuth.devicePoll),
  "better-auth: device start": theirs(betterAuth.deviceStart),
  "better-auth: session check": theirs(betterAuth.sessionCheck),
  "better-auth: session check, joins": theirsJoined(betterAuth.sessionCheck),
  "better-auth: session check, cookie cache": theirsCached(betterAuth.sessionCheck),
  "better-auth: sign-in": theirs(betterAuth.signIn),
  "better-auth: sign-in, 1 iteration": theirsCheap(betterAuth.signIn),
  "better-auth: sign-out": theirsCheap(betterAuth.signOut),
  "better-auth: sign-up, 1 iteration": theirsCheap(betterAuth.signUp),
  "workers-oauth-provider: refresh": cloudflares(workersOauthProvider.refresh),
  "workers-oauth-provider: token check": cloudflares(workersOauthProvider.tokenCheck),
  "node-oidc-provider: device poll": inMemory(oidcProvider.devicePoll),
  "node-oidc-provider: device start": inMemory(oidcProvider.deviceStart),
  "floor: empty Hono route": least(floor.emptyRoute),
  "floor: jwtVerify": least(floor.jwtVerify),
  "floor: one D1 query": least(floor.d1Read),
  "floor: one D1 write": least(floor.d1Write),
  "floor: service binding": least(floor.serviceBinding),
  "floor: one Durable Object write": least(floor.durableObjectWrite),
  "floor: one Durable Object call": least(floor.durableObject),
  "floor: the hash": least(floor.hash),
} satisfies Record<string, Entry>;

export type ContenderName = keyof typeof contenders;

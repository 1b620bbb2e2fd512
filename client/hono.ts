/** `latchkey/hono`: guards the routes of a Hono app. */
export type { AuthService, VerifiedKey, VerifiedToken } from "../src/rpc/auth-service.ts";
export { type Guarded, guard } from "./guard/guard.ts";
export type {
  Demands,
  GuardByBinding,
  GuardByKeys,
  GuardForApiKeys,
} from "./guard/guard-options.ts";

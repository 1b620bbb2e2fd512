import { exports } from "cloudflare:workers";
import type { AuthProps, AuthService } from "../../src/rpc/auth-service.ts";

/** The entrypoint as a Worker's service binding has it, with the `props` of that binding if any. */
export function auth(props?: AuthProps): AuthService {
  const entrypoint = exports.Auth as unknown as AuthService & ((made: object) => AuthService);
  return props ? entrypoint({ props }) : entrypoint;
}

/** The error that a call rejects with. Awaited once: every further look at its promise rejects too. */
export async function failureOf(call: () => Promise<unknown>): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("the call was answered");
}

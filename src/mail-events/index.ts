import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { suppressAddress } from "../core/mail/suppress-address.ts";
import type { AppEnv } from "../http/app-env.ts";
import { BODY_MAX_BYTES } from "../http/json-body.ts";
import { readResendEvent } from "./resend-event.ts";

/** Whether a request was signed by the provider; null where no provider tells anything. */
export type IsSigned = ((request: Signed) => Promise<boolean>) | null;

interface Signed {
  id: string;
  timestamp: string;
  signatures: string;
  body: Uint8Array<ArrayBuffer>;
}

const NO_STORE = { "cache-control": "no-store" };

/**
 * What a mail provider tells of letters. Nothing is looked at before its signature; what is none of
 * ours, or nothing to act on, is thanked for like everything else, or it would be told again.
 */
export function mailEvents(isSigned: IsSigned): Hono<AppEnv> {
  const limit = bodyLimit({ maxSize: BODY_MAX_BYTES, onError: (http) => no(http, 413) });
  return new Hono<AppEnv>().post("/mail/events", limit, async (http) => {
    http.var.log.operation = "suppressAddress";
    const body = new Uint8Array(await http.req.arrayBuffer());
    if (!isSigned || !(await isSigned({ ...signatureOf(http), body }))) {
      return no(http, 401);
    }
    const event = parse(body);
    if (typeof event !== "object" || event === null || Array.isArray(event)) {
      return no(http, 400);
    }
    const told = readResendEvent(event);
    if (told) {
      await suppressAddress(http.var.ports, told);
    }
    return http.body(null, 204, NO_STORE);
  });
}

/** Under Svix's names, which Resend uses. */
function signatureOf({ req }: Context<AppEnv>): Omit<Signed, "body"> {
  return {
    id: req.header("svix-id") ?? "",
    timestamp: req.header("svix-timestamp") ?? "",
    signatures: req.header("svix-signature") ?? "",
  };
}

const ERRORS = { 400: "invalid_request", 401: "invalid_signature", 413: "body_too_large" } as const;

function no(http: Context, status: keyof typeof ERRORS): Response {
  return http.json({ error: ERRORS[status] }, status, NO_STORE);
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

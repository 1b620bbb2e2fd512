import type { HonoRequest } from "hono";
import type { Requester } from "../core/requester.ts";
import { clientAddress } from "./client-address.ts";
import { languageOf } from "./language.ts";

const USER_AGENT_MAX_LENGTH = 400;

/** Who asks, from what the edge says about the connection. Production overwrites the header it reads. */
export function requesterOf(request: HonoRequest): Requester {
  const cf = (request.raw as Request<unknown, IncomingRequestCfProperties>).cf;
  return {
    address: clientAddress(request.header("cf-connecting-ip")),
    userAgent: request.header("user-agent")?.slice(0, USER_AGENT_MAX_LENGTH) ?? null,
    city: cf?.city ?? null,
    country: cf?.country ?? null,
    network: cf?.asOrganization ?? null,
    language: languageOf(request.header("accept-language")),
  };
}

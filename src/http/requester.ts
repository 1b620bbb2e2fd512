import type { HonoRequest } from "hono";
import type { Requester } from "../core/requester.ts";
import { clientAddress } from "./client-address.ts";
import { languageOf } from "./language.ts";

const USER_AGENT_MAX_LENGTH = 400;

/**
 * Who asks, from what the edge says about the connection. Production overwrites the header it reads.
 * Most requests are counted by their address and show nobody the rest, which is read when it is
 * asked for. A copy, a row and a call to an object get the values.
 */
export function requesterOf(request: HonoRequest): Requester {
  const edge = () => (request.raw as Request<unknown, IncomingRequestCfProperties>).cf;
  return {
    address: clientAddress(request.header("cf-connecting-ip")),
    get userAgent() {
      return request.header("user-agent")?.slice(0, USER_AGENT_MAX_LENGTH) ?? null;
    },
    get city() {
      return edge()?.city ?? null;
    },
    get country() {
      return edge()?.country ?? null;
    },
    get network() {
      return edge()?.asOrganization ?? null;
    },
    get language() {
      return languageOf(request.header("accept-language"));
    },
  };
}

import type { HonoRequest } from "hono";
import { Refused } from "../core/refused.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { FORM, mediaType } from "./media-type.ts";
import { namesInQuery } from "./names-in-query.ts";
import { readParameters } from "./parameters.ts";

/**
 * The access token of a request, from its header alone: one that stands elsewhere is refused, whether
 * or not there is one in the header. Another scheme brings no token at all. RFC 6750 §2.1, §3.1.
 */
export async function readBearer(
  request: HonoRequest,
): Promise<string | Refused<"invalid_request" | "unauthenticated">> {
  if (await hasTokenElsewhere(request)) {
    return invalidParameter("access_token", "must stand in the Authorization header alone");
  }
  const header = request.header("authorization") ?? "";
  if (!/^Bearer(?: |$)/i.test(header)) {
    return new Refused("unauthenticated");
  }
  return (
    header.match(/^Bearer +(\S+)$/i)?.[1] ??
    invalidParameter("Authorization", "must be Bearer and one token")
  );
}

/** A form that cannot be read may hold one. */
async function hasTokenElsewhere(request: HonoRequest): Promise<boolean> {
  if (namesInQuery(request).includes("access_token")) {
    return true;
  }
  if (mediaType(request) !== FORM) {
    return false;
  }
  const parameters = await readParameters(request);
  return parameters instanceof Refused || parameters.has("access_token");
}

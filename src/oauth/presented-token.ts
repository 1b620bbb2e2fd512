import * as z from "zod";
import { Refused } from "../core/refused.ts";
import { BODY_MAX_BYTES } from "../http/json-body.ts";
import type { Parameters } from "./parameters.ts";
import { pick } from "./pick.ts";
import { required } from "./text-parameter.ts";

/** As long as a body may be: what is too long to be a token is no token, which is no error. */
export const tokenRequest = z.object({ token: required(BODY_MAX_BYTES) });

/** The token that a request is about. A hint at its type is not needed. RFC 7009 §2.1, RFC 7662 §2.1. */
export function presentedToken(parameters: Parameters): string | Refused<"invalid_request"> {
  const said = pick(parameters, tokenRequest);
  return said instanceof Refused ? said : said.token;
}

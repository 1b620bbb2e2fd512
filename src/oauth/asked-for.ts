import * as z from "zod";
import { optional, required } from "./text-parameter.ts";

const SCOPE_MAX_LENGTH = 2048;
const RESOURCE_MAX_LENGTH = 2048;
const RESOURCES_MAX = 20;

/** What a token is asked for. Whether it may be had is decided by the core. RFC 6749 §3.3, RFC 8707. */
export const askedFor = {
  scope: optional(SCOPE_MAX_LENGTH),
  resource: z
    .array(required(RESOURCE_MAX_LENGTH))
    .max(RESOURCES_MAX, { error: `must not be there more than ${RESOURCES_MAX} times` })
    .default([]),
};

import type { HonoRequest } from "hono";

export const FORM = "application/x-www-form-urlencoded";

/** The content type that a request says, in lower case, without its parameters; empty where none is said. */
export function mediaType(request: HonoRequest): string {
  return (request.header("content-type") ?? "").replace(/;.*/, "").trim().toLowerCase();
}

import type { HonoRequest } from "hono";

/** The names of what a query string holds, in lower case. */
export function namesInQuery(request: HonoRequest): string[] {
  // Most have none, and no URL is parsed to see that.
  if (!request.url.includes("?")) {
    return [];
  }
  return [...new URL(request.url).searchParams.keys()].map((name) => name.toLowerCase());
}

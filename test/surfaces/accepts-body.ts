import type { ServedRow } from "./every-row.ts";

/** Whether a row's own schema takes a body: where it takes anything, the row reads none. */
export function acceptsBody({ route: [, , request], params }: ServedRow, body: unknown): boolean {
  return request.safeParse({ body, params, query: {}, headers: {}, cookies: {} }).success;
}

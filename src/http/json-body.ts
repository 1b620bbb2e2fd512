import type { HonoRequest } from "hono";
import { Refused } from "../core/refused.ts";

export const BODY_MAX_BYTES = 64 * 1024;

/** The JSON of a body, or why it cannot be read. An absent body is `undefined`. */
export async function readJson(
  request: HonoRequest,
): Promise<unknown | Refused<"invalid_request" | "unsupported_media_type">> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) {
    return undefined;
  }
  if (!isJson(request.header("content-type"))) {
    return new Refused("unsupported_media_type");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return new Refused("invalid_request", {
      fields: [{ field: "body", issue: "must be JSON in UTF-8" }],
    });
  }
}

/** A form or plain text could be sent by a foreign page without asking; JSON cannot. */
function isJson(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? "");
}

import type { HonoRequest } from "hono";
import { Refused } from "../core/refused.ts";
import { repeatedName } from "./repeated-name.ts";
import { shownName } from "./shown-name.ts";

export const BODY_MAX_BYTES = 64 * 1024;

/**
 * The JSON of a body, or why it cannot be read. An absent body is `undefined`. With `namesOnce`, one in
 * which a name is there twice is refused by it.
 */
export async function readJson(
  request: HonoRequest,
  { namesOnce = false }: { namesOnce?: boolean } = {},
): Promise<unknown | Refused<"invalid_request" | "unsupported_media_type">> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) {
    return undefined;
  }
  if (!isJson(request.header("content-type"))) {
    return new Refused("unsupported_media_type");
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    const json = JSON.parse(text);
    const repeated = namesOnce ? repeatedName(text) : null;
    return repeated === null ? json : refused(`has ${shownName(repeated)} more than once`);
  } catch {
    return refused("must be JSON in UTF-8");
  }
}

function refused(issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field: "body", issue }] });
}

/** A form or plain text could be sent by a foreign page without asking; JSON cannot. */
function isJson(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? "");
}

import type { Brand } from "../core/tenant/brand.ts";
import type { Draft, Part } from "./draft.ts";

/** A letter without markup: whatever is to be typed or opened stands alone on its line. */
export function asText({ parts }: Draft, { name }: Brand): string {
  return `${[...parts.map(line), `– ${name}`].join("\n\n")}\n`;
}

function line(part: Part): string {
  if ("text" in part) {
    return part.text;
  }
  if ("code" in part) {
    return part.code;
  }
  return "link" in part ? part.link : part.origin;
}

import { plainLine } from "../plain-line.ts";

export const DEVICE_NAME_MAX_LENGTH = 60;

/** What a person calls a device, on one line and not too long; null where that leaves nothing. */
export function readDeviceName(typed: string): string | null {
  const characters = [...plainLine(typed)].slice(0, DEVICE_NAME_MAX_LENGTH);
  return characters.join("").trim() || null;
}

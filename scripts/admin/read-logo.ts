import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LOGO_VERSION_LENGTH, type Logo } from "../../src/core/tenant/brand.ts";
import { examineLogo } from "../../src/core/tenant/examine-logo.ts";
import { Problem } from "../problem.ts";

/** A logo from a file. Refuses what the service would not show. */
export function readLogo(path: string): Logo {
  const bytes = read(path);
  const mediaType = examineLogo(bytes);
  if (typeof mediaType !== "string") {
    throw new Problem(`${path} ${mediaType.wrong}.`, mediaType.advice);
  }
  const digest = createHash("sha256").update(bytes).digest("hex");
  return {
    mediaType,
    base64: bytes.toString("base64"),
    version: digest.slice(0, LOGO_VERSION_LENGTH),
  };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem(`${path} cannot be read.`, "Check the path.", { cause });
  }
}

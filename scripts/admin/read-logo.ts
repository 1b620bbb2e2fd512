import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LOGO_MAX_BYTES, type Logo, type LogoType } from "../../src/core/tenant/brand.ts";
import { Problem } from "../problem.ts";
import { whatIsActive } from "./what-is-active.ts";

/** Enough for browsers to tell one image from the next. */
const VERSION_LENGTH = 12;

/**
 * A logo from a file, by what is in it and not by how it is called. The service shows it with `<img>`
 * alone and serves it under a policy that runs nothing; an SVG that could do more is refused besides.
 */
export function readLogo(path: string): Logo {
  const bytes = read(path);
  if (bytes.length > LOGO_MAX_BYTES) {
    throw new Problem(
      `${path} has ${bytes.length} bytes, ${LOGO_MAX_BYTES} are the most.`,
      "Make it smaller: an optimised SVG is best.",
    );
  }
  const mediaType = typeOf(bytes);
  if (mediaType === null) {
    throw new Problem(
      `${path} is no PNG, no WebP and no SVG.`,
      "Give an image of one of these kinds.",
    );
  }
  const active = mediaType === "image/svg+xml" ? whatIsActive(bytes.toString("utf8")) : null;
  if (active !== null) {
    throw new Problem(
      `${path} has ${active}, which a logo must not have.`,
      "Export it as a plain SVG of shapes, or as a PNG.",
    );
  }
  const digest = createHash("sha256").update(bytes).digest("hex");
  return {
    mediaType,
    base64: bytes.toString("base64"),
    version: digest.slice(0, VERSION_LENGTH),
  };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem(`${path} cannot be read.`, "Check the path.", { cause });
  }
}

/** PNG §5.2, RFC 9649 §2.4. What begins as markup is an SVG, or refused as one. */
function typeOf(bytes: Buffer): LogoType | null {
  if (bytes.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"))) {
    return "image/png";
  }
  const [container, format] = [bytes.subarray(0, 4), bytes.subarray(8, 12)];
  if (container.toString("latin1") === "RIFF" && format.toString("latin1") === "WEBP") {
    return "image/webp";
  }
  const text = bytes.toString("utf8");
  return /^\uFEFF?\s*</.test(text) && text.includes("<svg") ? "image/svg+xml" : null;
}

import { LOGO_MAX_BYTES, type LogoType } from "./brand.ts";
import { whatIsActive } from "./what-is-active.ts";

/** Why an image is no logo. */
export interface LogoProblem {
  /** Completes the sentence that the image's name begins. */
  wrong: string;
  /** What would mend it. */
  advice: string;
}

/**
 * What an image is, by what is in it and not by how it is called. The service shows a logo with `<img>`
 * alone and serves it under a policy that runs nothing; an SVG that could do more is refused besides.
 */
export function examineLogo(bytes: Uint8Array): LogoType | LogoProblem {
  if (bytes.length > LOGO_MAX_BYTES) {
    return {
      wrong: `has ${bytes.length} bytes, ${LOGO_MAX_BYTES} are the most`,
      advice: "Make it smaller: an optimised SVG is best.",
    };
  }
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
  const mediaType = typeOf(bytes, text);
  if (mediaType === null) {
    return {
      wrong: "is no PNG, no WebP and no SVG",
      advice: "Give an image of one of these kinds.",
    };
  }
  const active = mediaType === "image/svg+xml" ? whatIsActive(text) : null;
  return active === null
    ? mediaType
    : {
        wrong: `has ${active}, which a logo must not have`,
        advice: "Export it as a plain SVG of shapes, or as a PNG.",
      };
}

/** PNG §5.2, RFC 9649 §2.4. What begins as markup is an SVG, or refused as one. */
function typeOf(bytes: Uint8Array, text: string): LogoType | null {
  if (latin1(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") {
    return "image/png";
  }
  if (latin1(bytes, 0, 4) === "RIFF" && latin1(bytes, 8, 12) === "WEBP") {
    return "image/webp";
  }
  return /^\uFEFF?\s*</.test(text) && text.includes("<svg") ? "image/svg+xml" : null;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

import type { Handler } from "hono";
import { crc32 } from "../core/key/crc32.ts";
import type { Brand } from "../core/tenant/brand.ts";
import type { AppEnv } from "../http/app-env.ts";
import { accentOf } from "./accent.ts";
import { brandOf } from "./brand-of.ts";
import { style } from "./style.ts";

const version = crc32(style).toString(16);

/** Where the stylesheet is, which changes as it does. */
export function stylePath(brand: Brand): string {
  return `/style.css?v=${versionOf(brand)}`;
}

/**
 * GET /style.css: kept for a year by who asks for it by its version. By any other, such as that of a
 * page from before a deployment, it is kept by nobody.
 */
export const showStyle: Handler<AppEnv> = async (http) => {
  const brand = await brandOf(http);
  const isCurrent = http.req.query("v") === versionOf(brand);
  return http.body(styleOf(brand), 200, {
    "content-type": "text/css; charset=utf-8",
    "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "no-store",
  });
};

function versionOf({ color }: Brand): string {
  return version + (color?.slice(1) ?? "");
}

function styleOf({ color }: Brand): string {
  return color === null ? style : `${style}${accentOf(color)}`;
}

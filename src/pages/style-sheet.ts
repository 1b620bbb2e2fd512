import type { Handler } from "hono";
import { crc32 } from "../core/key/crc32.ts";
import type { Brand } from "../core/tenant/brand.ts";
import type { AppEnv } from "../http/app-env.ts";
import { accentOf } from "./accent.ts";
import { brandOf } from "./brand-of.ts";
import { style } from "./style.ts";

const version = crc32(style).toString(16);

/** Where the stylesheet is, which changes as it does: browsers keep it for a year. */
export function stylePath({ color }: Brand): string {
  return `/style.css?v=${version}${color?.slice(1) ?? ""}`;
}

/** GET /style.css */
export const showStyle: Handler<AppEnv> = async (http) =>
  http.body(styleOf(await brandOf(http)), 200, {
    "content-type": "text/css; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });

function styleOf({ color }: Brand): string {
  return color === null ? style : `${style}${accentOf(color)}`;
}

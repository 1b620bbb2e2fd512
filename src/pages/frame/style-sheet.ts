import type { Handler } from "hono";
import type { Brand } from "../../core/tenant/brand.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { accentOf } from "./accent.ts";
import { brandOf } from "./brand-of.ts";
import { style } from "./style.ts";
import { versionOf } from "./version.ts";

const version = versionOf(style);

/** Where the stylesheet is, which changes as it does. */
export function stylePath(brand: Brand): string {
  return `/style.css?v=${brandedVersion(brand)}`;
}

/**
 * GET /style.css: kept for a year by who asks for it by its version. By any other, such as that of a
 * page from before a deployment, it is kept by nobody.
 */
export const showStyle: Handler<AppEnv> = async (http) => {
  const brand = await brandOf(http);
  const isCurrent = http.req.query("v") === brandedVersion(brand);
  return http.body(styleOf(brand), 200, {
    "content-type": "text/css; charset=utf-8",
    "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "no-store",
  });
};

function brandedVersion({ color }: Brand): string {
  return version() + (color?.slice(1) ?? "");
}

function styleOf({ color }: Brand): string {
  return color === null ? style : `${style}${accentOf(color)}`;
}

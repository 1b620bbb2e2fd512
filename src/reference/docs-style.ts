import type { Handler } from "hono";
import { crc32 } from "../core/key/crc32.ts";
import type { AppEnv } from "../http/app-env.ts";

/** What the API reference needs beside the stylesheet of all pages. */
const style = `
body { grid-template-columns: minmax(0, 56rem); }
h2 { margin-block-start: 3rem; font-size: 1.375rem; }
code, .fields dt { font: .9375rem/1.5 ui-monospace, monospace; }
.operation { padding-block: 1.25rem .25rem; border-block-start: 1px solid var(--hair); scroll-margin-block-start: .5rem; }
.operation:target { border-block-start: 3px solid var(--accent); }
h3 a { display: inline-block; padding-block: .25rem; color: inherit; text-decoration: none; }
h3 code { font-weight: 700; }
.operation p { margin-block-end: .5rem; }
.operation summary { padding-block: .625rem; }
nav li { inline-size: 100%; }
nav a { padding-block: .375rem; }
.fields { margin-block: .25rem .75rem; }
@media (max-width: 34rem) {
  .fields { display: block; }
  .fields dd { margin-block-end: .625rem; }
}
`;
const version = crc32(style).toString(16);

/** Where it is, which changes as it does. */
export const docsStylePath = `/assets/docs.css?v=${version}`;

/** GET /assets/docs.css: like the stylesheet of all pages, kept for a year under its own version alone. */
export const showDocsStyle: Handler<AppEnv> = (http) =>
  http.body(style, 200, {
    "content-type": "text/css; charset=utf-8",
    "cache-control":
      http.req.query("v") === version ? "public, max-age=31536000, immutable" : "no-store",
  });

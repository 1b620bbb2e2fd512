import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { showDocsStyle } from "./docs-style.ts";
import document from "./openapi.json";

/** Anybody may keep it for a while. */
const HEADERS = { "content-type": "application/json", "cache-control": "public, max-age=300" };

/** What the service says of its own API, for programs and for people. */
export function reference(): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/openapi.json", (http) => http.body(document, 200, HEADERS))
    .get("/docs", async (http) => {
      // Few ask for it: no isolate starts with it.
      const { showDocs } = await import("./docs-page.tsx");
      return showDocs(http);
    })
    .get("/assets/docs.css", showDocsStyle);
}

import { env } from "cloudflare:workers";
import { createApp } from "./app.ts";
import type { Bindings } from "./bindings.ts";

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {}
  }
}

export default createApp(env);

import type { AuthService } from "../../client/hono.ts"; // In your own project: "latchkey/hono".

/** What `wrangler.toml` gives. */
export interface Bindings {
  AUTH: AuthService;
  /** What this API is called. */
  RESOURCE: string;
}

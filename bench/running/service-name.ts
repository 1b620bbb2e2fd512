/** What is started for a run: a workerd of its own each, or a Node. */
export type ServiceName =
  | "latchkey"
  | "latchkey, cheap hash"
  | "better-auth"
  | "better-auth, cheap hash"
  | "better-auth, cookie cache"
  | "better-auth, joins"
  | "workers-oauth-provider"
  | "oidc-provider"
  | "floor";

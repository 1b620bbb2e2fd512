/** Where programs find what is served here. People go to `/oauth/authorize`, which is a page. */
export const paths = {
  serverMetadata: "/.well-known/oauth-authorization-server",
  providerMetadata: "/.well-known/openid-configuration",
  jwks: "/.well-known/jwks.json",
  deviceAuthorization: "/oauth/device_authorization",
  deviceWait: "/oauth/device/wait",
  token: "/oauth/token",
  revoke: "/oauth/revoke",
  introspect: "/oauth/introspect",
  userInfo: "/oauth/userinfo",
} as const;

/** Whether whoever asks for this path is a program, and is answered like one whatever it accepts. */
export function isForPrograms(path: string): boolean {
  return Object.values<string>(paths).includes(path);
}

/** What a copy of this client changes first. Each can be given on the command line as well. */
export const defaults = {
  program: "latchkey-cli",
  issuer: "http://localhost:8787",
  clientId: "demo-cli",
  scope: "openid profile email offline_access",
} as const;

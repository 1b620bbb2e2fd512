/** What a copy of this client changes first. Each can be given on the command line as well. */
export const defaults = {
  program: "latchkey-cli",
  issuer: "http://localhost:8787",
  clientId: "demo-cli",
  scope: "openid profile email offline_access",
  /** What the tokens are for, such as "https://api.example.com/"; null: for the issuer itself. */
  resource: null as string | null,
} as const;

/** Latchkey's issuer and its one address. Nothing is asked of it there. */
export const LATCHKEY_URL = "https://auth.example.com";

/** What the API behind it is called (RFC 8707), whose tokens are verified. */
export const API = "https://api.example.com";

/** What scopes allow, after "It asks to". One that is not here is shown as it is written. */
export const scopes = {
  asksTo: "It asks to",
  untick:
    "Untick anything that it should not do. Without any, it can sign you in and nothing else.",
  nothing: "Sign in, and nothing else",
  forUseAt: "For use at {resource}",
  words: {
    openid: "Know that it is you",
    profile: "See your name",
    email: "See your e-mail address",
    offline_access: "Stay connected until you end it",
    "profile:read": "See your profile and your e-mail address",
    "profile:write": "Change your profile",
    "admin:accounts:read": "See accounts, as far as you may administer them",
    "admin:accounts": "Administer accounts, as far as you may",
    "admin:keys": "List and revoke keys, as far as you may",
    "admin:clients": "Administer OAuth clients, as far as you may",
    "admin:tenants": "Administer tenants, and act in each, as far as you may",
    "admin:audit": "Read the audit log, as far as you may",
  },
};

/** The front page, and in development the workbench in its place. */
export const front = {
  title: "Welcome",
  what: "Sign-in for apps and devices.",
  pages: "Pages",
  signIn: "Sign in",
  device: "Connect a device",
  workbench: {
    title: "Latchkey is running",
    what: "An authentication service, in development. It speaks {contracts} over one account store.",
    mailbox: "Mailbox",
    reference: "API reference",
    health: "Health",
    metadata: "OAuth metadata",
    keys: "Public keys",
    tryIt: "Try it",
    how: "Register, sign in, and start a device; its mail lands in the mailbox.",
    register: "1. Register",
    signIn: "2. Sign in",
    device: "3. Start a device",
  },
};

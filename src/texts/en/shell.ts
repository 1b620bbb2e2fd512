/** What stands around every page. */
export const shell = {
  /** Which way the language is written. */
  direction: "ltr",
  footer: "We never ask for your password by phone, by mail or in a chat.",
  /** Put before the title of a page whose form was refused: the first thing a screen reader says. */
  errorTitle: "Error: {title}",
  frontPage: "Front page",
  signIn: "Sign in",
  account: "Your account",
  signedInAs: "Signed in as {email}",
  signOut: "Not you? Sign out",
  nothingReadable: "(nothing readable)",
};

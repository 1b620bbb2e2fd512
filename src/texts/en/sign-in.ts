/** Signing in with a password. */
export const signIn = {
  anyone: { title: "Sign in", about: "" },
  /** For whoever is signed in already. */
  signedIn: { title: "You are signed in", about: "This browser is signed in as {email}." },
  /** For whoever is, but too long ago for what comes next. */
  anew: {
    title: "Confirm that it is you",
    about: "You are signed in as {email}. What comes next needs you to sign in once more.",
  },
  thenTo: "Then you go on to {client}.",
  goOn: "Go on",
  somebodyElse: "Sign in as somebody else",
  submit: "Sign in",
  wrong: "The e-mail address or the password is wrong.",
  passkey: "Sign in with a passkey",
  wrongPasskey: "That passkey opens no account here. Try another one, or sign in another way.",
  latePasskey: "That page was open for too long, or was used already. Please try once more.",
  mailedCode: "E-mail me a code instead",
  forgot: "Forgot your password?",
  register: "Create an account",
};

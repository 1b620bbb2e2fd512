/** The second step of signing in. */
export const secondFactor = {
  title: "Enter your code",
  why: "Your account asks for a second step.",
  code: "Code from your authenticator app",
  codeHint: "Six digits, and new ones every 30 seconds.",
  submit: "Sign in",
  passkey: "Use a passkey",
  recoveryTitle: "Use a recovery code instead",
  recoveryCode: "Recovery code",
  recoveryHint: "One of the codes that you were shown when you set this up. Each works once.",
  startAgain: "Start again",
  missing: "Enter the code from your app, or one of your recovery codes.",
  wrong: "That code is wrong or was used already.",
  wrongPasskey: "That passkey was not accepted. Try once more, or enter a code.",
};

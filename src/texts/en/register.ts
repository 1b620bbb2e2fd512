/** Making an account. */
export const register = {
  title: "Create an account",
  name: "Your name (optional)",
  submit: "Create account",
  signIn: "You have an account? Sign in",
  sent: {
    title: "Check your inbox",
    what: "A mail to {email} is on its way. Open the link in it to confirm that the address is yours; it works for 24 hours.",
    afterwards: "Then sign in here to go on.",
    goOn: "Sign in",
    nothingCame: "Nothing came? Look in the junk folder, and make sure that the address is right.",
    again: "Use another address",
  },
  closed: {
    title: "You cannot register here yourself",
    whatToDo:
      "Accounts are made by whoever runs this service: ask them for one. If you have one, sign in.",
  },
};

/** Signing in with a code from a mail. */
export const mailedCode = {
  ask: {
    title: "Sign in with a code",
    what: "We mail you a code to sign in with, and no password is needed.",
    makesAccount: "If you have no account yet, the code makes you one.",
    submit: "E-mail me a code",
  },
  enter: {
    title: "Enter the code from the mail",
    what: "If {email} can sign in here, a code is on its way. It works once and for 10 minutes; look in the junk folder too.",
    code: "Code from the mail",
    submit: "Sign in",
    another: "Send another code",
  },
  /** Where a second factor is asked for. Good for everybody: who reads it may have set it up, or not. */
  neverSetUp: {
    title: "You never set this up?",
    what: "Somebody else may have registered with your address. {link}: if nobody has confirmed the address by then, that turns this step off. If you are still asked for a code afterwards, have whoever runs this service turn it off.",
    link: "Set a new password by mail",
  },
  withPassword: "Sign in with a password",
  missing: "Enter the code from the mail.",
  wrong:
    "That code is wrong or no longer works. Only the newest one does: type it, or have another sent.",
  exhausted: "That was tried too often, and the code no longer works. Have another one sent.",
  spentWithRecoveryCode:
    "That recovery code is wrong or was used already. The code from the mail is used up with it: have another one sent.",
};

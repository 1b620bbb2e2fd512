/** Taking an account back with the link of a mail that told of what somebody did to it. */
export const secure = {
  title: "Was somebody else in your account?",
  why: "This gives it back to you. It does all of the following at once; until you press the button, nothing happens.",
  does: [
    "Everybody is signed out, on every device and in every app.",
    "The password stops working. A link to set a new one is mailed to the address to which that mail came.",
    "What was added within the last three days is taken back: passkeys, API keys, and a second factor with its recovery codes.",
    "If the account got another e-mail address since, it gets this one back.",
  ],
  stays: "What is older stays, a second factor too. If it was you after all, close this page.",
  submit: "Secure my account",
  done: {
    title: "Your account is secured",
    what: "Everybody is signed out, and the password no longer works. A link to set a new one is on its way. It works for an hour; look in the junk folder too.",
    afterwards:
      "When you are in again, look through your account for anything else that is not from you.",
  },
  deadLink:
    "If you used one like it, your account is secured already: ask for a link to set a new password.",
};

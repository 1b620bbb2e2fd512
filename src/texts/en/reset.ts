/** Setting a new password with a mailed link. */
export const reset = {
  title: "Set a new password",
  what: "Every sign-in there is now will end, on all your devices.",
  submit: "Set password",
  done: {
    title: "Your password is set",
    what: "Every earlier sign-in has ended. Sign in with the new password.",
    /** Where the address was confirmed before. */
    stillThere:
      "Passkeys and API keys are still there: if somebody else had got in, look through them on your account page.",
    /** Where it was not: then whoever made the account may be somebody else. */
    confirmed: "Your address is confirmed as well.",
    keysGone:
      "The API keys that the account had are gone. They were made before the address was confirmed, and could have been anybody's: make new ones on your account page.",
    secondFactorOff:
      "Two-factor sign-in is off. It was set up before the address was confirmed, and could have been anybody's: set it up anew on your account page.",
  },
  /** For an account that has none yet. */
  first: {
    title: "Set your password",
    what: "You sign in with your address and this password from then on.",
    done: { what: "Sign in with the password." },
  },
  deadLink: "Only the newest link counts. Use the newest mail, or ask for another one.",
  another: "Mail me another link",
};

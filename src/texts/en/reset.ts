/** Setting a new password with a mailed link. */
export const reset = {
  title: "Set a new password",
  what: "Every sign-in there is now will end, on all your devices.",
  submit: "Set password",
  done: {
    title: "Your password is set",
    what: "Every earlier sign-in has ended. Sign in with the new password. Passkeys and API keys are still there: if somebody else had got in, look through them on your account page.",
  },
  /** For an account that has none yet. */
  first: {
    title: "Set your password",
    what: "You sign in with your address and this password from then on.",
    done: { what: "Your address is confirmed as well. Sign in with the password." },
  },
  deadLink: "Only the newest link counts. Use the newest mail, or ask for another one.",
  another: "Mail me another link",
};

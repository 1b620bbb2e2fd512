/** Setting a new password with a mailed link. */
export const reset = {
  title: "Set a new password",
  what: "Every sign-in there is now will end, on all your devices.",
  submit: "Set password",
  done: {
    title: "Your password is set",
    what: "Every earlier sign-in has ended. Sign in with the new password. Passkeys and API keys are still there: if somebody else had got in, look through them on your account page.",
  },
  deadLink: "Only the newest link counts. Use the newest mail, or ask for another one.",
  another: "Mail me another link",
};

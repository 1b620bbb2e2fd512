/** Asking for a link to set a new password. */
export const forgot = {
  title: "Forgot your password?",
  what: "We mail you a link with which you set a new one. Your password stays as it is until then.",
  submit: "Mail me a link",
  back: "Back to sign in",
  sent: {
    title: "Check your inbox",
    what: "If that address has an account, a link to set a new password is on its way. It works for an hour; look in the junk folder too.",
    nothingCame:
      "Nothing came? Make sure that it is the address of your account, then ask for another link.",
    again: "Ask again",
  },
};

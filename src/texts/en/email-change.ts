/** Confirming the new address of an account with a mailed link. */
export const emailChange = {
  title: "Confirm your new address",
  what: "One click, and your account has the address {to} in place of {from}. Do it only if you asked for it yourself, and if both are yours.",
  submit: "Use this address",
  done: {
    title: "Your address is changed",
    what: "From now on you sign in with the new address, and mail comes there. Whoever is signed in stays signed in: end what you do not know on your account page.",
  },
  ofAnother: {
    title: "This link is for another account",
    whatToDo:
      "Sign in with the account whose address was to change. If you asked for no change, close this page: nothing happens.",
  },
  deadLink:
    "Or the account has another address by now, or the new one was taken meanwhile. Ask for the change once more on your account page.",
};

/** Confirming an address with a mailed link. */
export const verify = {
  title: "Confirm your address",
  what: "One click, and the address is confirmed as yours.",
  notYou:
    "If it was not you who registered, do not confirm it: whoever did goes on using the account with their password. It becomes yours alone when you set one:",
  setPassword: "Set a password of your own",
  submit: "Confirm my address",
  done: {
    title: "Your address is confirmed",
    what: "If you came here from an app or a device, go back to where you began and go on there.",
  },
  deadLink:
    "If you confirmed your address already, just sign in. If not, sign in to have a new link mailed, or ask for one where you began.",
};

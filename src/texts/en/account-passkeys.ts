/** The passkeys of an account. */
export const accountPasskeys = {
  title: "Passkeys",
  what: "With a passkey you sign in by unlocking your phone, your computer or a security key. It is good for this site alone, so nobody can trick you out of it.",
  otherWays:
    "Without it you still get in: with your password, or with a code that we mail you. So you can remove every passkey, also the last one.",
  otherWaysWithCode:
    "Without it you need your password or a code that we mail you, and a code of your authenticator app or a recovery code. Before you remove the last one, make sure that you have those.",
  none: "You have no passkeys.",
  kept: "Kept",
  synced: "By its provider, on all your devices",
  oneDevice: "On one device",
  added: "Added",
  lastUsed: "Last used",
  never: "Never",
  rename: "Rename",
  name: "Name",
  saveName: "Save name",
  remove: "Remove",
  add: {
    title: "Add a passkey",
    nameHint: "How you will know it again, such as: my phone.",
    submit: "Add a passkey",
    /** Where the browser lacks what it takes, or runs no scripts. */
    unavailable: "To add one, use a browser that knows passkeys, with JavaScript turned on.",
    tooMany: "There are {most} passkeys already. Remove one before you add another.",
    unproved:
      "Confirm your e-mail address first: the link is in the mail that you got when you registered. Or set a new password by mail, which confirms it too.",
    taken: "That passkey is added already.",
    wrong: "That passkey was not accepted. Please try once more.",
    late: "The page was open for too long. Please try once more.",
  },
};

/** What is mailed. `lead` stands before a letter's link, `notYou` at its end. */
export const mail = {
  linkWorks: "The link works once and for {span}. Only the newest link works.",
  codeWorks:
    "Type this code where you are signing in. It works once and for {span}. Only the newest code works.",
  origin: {
    askedFor: "Asked for",
    askedForFrom: "Asked for from {place}",
    done: "Done",
    doneFrom: "Done from {place}",
    client: "{browser} on {os}",
  },

  "verify-email": {
    subject: "Confirm your e-mail address",
    lead: "Confirm that this address is yours:",
    action: "Confirm my address",
    notYou:
      "If you did not register, somebody else did, who goes on using the account once the address is confirmed. Ignore this mail: without the link nobody can confirm it.",
  },
  "prove-address": {
    subject: "Confirm that this address is yours",
    lead: "Confirm that this address is yours:",
    action: "Confirm my address",
    unconfirmedAccount:
      "Somebody, perhaps you, registered with this address before but never confirmed it. The link confirms that account, signs out everybody and ends its API keys. If you did not make it, ask for a new password instead of using the link: that confirms the address as well, and takes from whoever made it all they have.",
    notYou:
      "If you did not ask for it, ignore this mail: without the link nobody can confirm your address.",
  },
  "reset-password": {
    subject: "Set a new password",
    lead: "Set a new password for your account:",
    action: "Set a new password",
    notYou: "If you did not ask for it, ignore this mail: your password stays as it is.",
  },
  "address-unconfirmed": {
    subject: "Finish setting up your account",
    lead: "Somebody, perhaps you, registered with this address before but never confirmed it. Set a password of your own, which also confirms the address, signs out everybody who is signed in to the account now, and ends its API keys:",
    action: "Set my password",
    notYou: "If you did not register, ignore this mail.",
  },
  "login-code": {
    subject: "Your code to sign in",
    whyLong:
      "It is this long because many wrong codes were tried for this address: nobody can guess it. Dashes and capitals make no difference.",
    unconfirmedAccount:
      "Somebody, perhaps you, registered with this address before but never confirmed it. Signing in confirms it, signs out everybody else, and ends the password that was chosen then and the API keys that were made. Set a new one afterwards, if you want to sign in with a password.",
    notYou:
      "If you did not ask for it, ignore this mail and give the code to nobody, whoever asks: without it nobody gets in.",
  },
  "address-taken": {
    subject: "You already have an account",
    lead: "Somebody, perhaps you, tried to register with this address. It has an account already:",
    action: "Sign in",
    more: "If you do not remember your password, ask there for a new one.",
    notYou: "If it was not you, you need not do anything.",
  },

  "change-email": {
    subject: "Confirm your new e-mail address",
    lead: "Somebody, perhaps you, wants to make this the address of their account. If it was you, confirm it:",
    action: "Use this address",
    notYou: "If you did not ask for it, ignore this mail: nothing changes.",
  },
  "new-address-taken": {
    subject: "This address has an account of its own",
    lead: "Somebody, perhaps you, wanted to make this the address of another account. It has an account of its own, so nothing was changed:",
    action: "Sign in",
    more: "If you want to use it for the other account, give this one another address first.",
    notYou: "If it was not you, you need not do anything.",
  },

  "account-secured": {
    subject: "Your account is secured: set a new password",
    lead: "Everybody was signed out, what was added to your account was taken back, and its password no longer works. Set a new one:",
    action: "Set a new password",
    notYou:
      "If it was not you who asked for this, somebody else reads your mail: change the password of your mailbox first, and this one after it.",
  },
  invitation: {
    subject: "Set up your account",
    lead: "An account was made for you with this address. Set a password of your own, which also confirms the address:",
    action: "Set my password",
    notYou:
      "If you did not expect it, ignore this mail: without the link nobody can use the account.",
  },
  "address-reserved": {
    subject: "Your account has another address now",
    what: "Somebody, perhaps you, wanted to use this address. It belonged to an account that was given another one, and is kept for its owner until {until}: nobody can register with it before.",
    yours: "If it was you who changed it, sign in with the new address.",
  },

  notices: {
    "account-made": {
      subject: "Your account is ready",
      what: "An account was just made with this address, which you confirmed before.",
    },
    "password-changed": {
      subject: "Your password was changed",
      what: "The password of your account was just changed, and whoever else was signed in was signed out.",
    },
    "email-change-requested": {
      subject: "A new e-mail address was asked for",
      what: "Somebody who is signed in to your account asked for its e-mail address to be changed. It changes as soon as the new address is confirmed.",
    },
    "email-changed": {
      subject: "Your e-mail address was changed",
      what: "Your account has another e-mail address now. Mail about it no longer comes here.",
    },
    "second-factor-on": {
      subject: "Two-factor sign-in was turned on",
      what: "Signing in to your account now takes a code of an authenticator app as well.",
    },
    "second-factor-off": {
      subject: "Two-factor sign-in was turned off",
      what: "Signing in to your account no longer takes a code of an authenticator app, and its recovery codes are gone.",
    },
    "recovery-codes-replaced": {
      subject: "Your recovery codes were replaced",
      what: "New recovery codes were made for your account. The old ones no longer work.",
    },
    "passkey-added": {
      subject: "A passkey was added",
      what: "Your account has a new passkey: whoever holds it can sign in.",
    },
    "passkey-removed": {
      subject: "A passkey was removed",
      what: "A passkey of your account was removed. Nobody can sign in with it any more.",
    },
    "key-made": {
      subject: "An API key was made",
      what: "A new API key was made in your account: programs that have it can use it.",
    },
    "key-deleted": {
      subject: "An API key was deleted",
      what: "An API key was deleted in your account. Programs that have it can no longer use it.",
    },
    "device-approved": {
      subject: "A device was connected to your account",
      what: "A device was just let in to your account by the code that it showed, and stays signed in until you end it. If that code was not on a device in front of you, it was not yours, even if you entered it yourself: say so below.",
    },
  },
  undo: {
    yours: "If it was you, you need not do anything.",
    notYou: "If it was not you, say so now:",
    action: "This was not me",
    whatItDoes:
      "The page behind it says first what it does: it signs out everybody, takes back what was added to your account, and lets you set a new password. It works until {until}.",
  },
};

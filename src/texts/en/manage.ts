/** Where administrators see to other people's accounts. */
export const manage = {
  nav: "Administration",
  title: "Accounts",
  closed: {
    title: "For administrators",
    what: "You are signed in as somebody who administers no accounts here. If another account of yours does, sign out and come back with it.",
  },
  search: {
    prefix: "E-mail address begins with",
    hint: "Leave it empty for all accounts.",
    submit: "Search",
    all: "All accounts",
    found: "Addresses that begin with {prefix}",
    none: "There is none.",
    more: "More",
  },
  roles: { user: "User", admin: "Administrator", superadmin: "Superadmin" },
  disabled: "Disabled",
  /** Whose page it is. */
  of: "Account: {account}",
  account: {
    title: "Account",
    role: "Role",
    signIn: "Sign-in",
    allowed: "Allowed",
    disabled: "Disabled {moment}",
    password: "Password",
    set: "Set",
    notSet: "None",
    mustChange: "has to be changed",
    made: "Made",
    id: "Account id",
    deeds: "What you can do",
    outOfReach: "Only a superadmin may change this account.",
  },
  unknown: {
    title: "There is no such account",
    what: "It may have been removed.",
    search: "Search for another",
  },
  sessions: {
    title: "Sessions",
    none: "Nobody is signed in to this account.",
    most: "These are the {count} newest.",
  },
  events: {
    title: "Events",
    by: "By {actor}",
    /** Of which the account's owner is told in other words. */
    words: {
      impersonation: "An administrator signed in as this account",
      "sessions-ended-by-admin": "An administrator ended every session",
    },
  },
  /** What can be done to an account: what it is called, and what follows from it. */
  deeds: {
    disable: {
      title: "Disable the account",
      what: "Nobody can sign in to it any more, and whoever is signed in is out at once, on every device. Its API keys open nothing until it is enabled again.",
    },
    enable: {
      title: "Enable the account",
      what: "Its owner can sign in again, as before. Sessions that were ended stay ended.",
    },
    "password-reset": {
      title: "Mail a link to set a password",
      what: "It goes to the account's own address. The present password works until the link is used.",
    },
    invitation: {
      title: "Mail an invitation",
      what: "It goes to the account's own address, with a link to set a first password, which works for three days.",
    },
    "sign-out": {
      title: "End every session",
      what: "Every browser, app and device is signed out at once. Whoever knows the password can sign in again, and API keys go on working.",
    },
    "second-factor-off": {
      title: "Turn two-factor sign-in off",
      what: "First make sure that it is the owner who asks: this is what somebody asks for who knows the password and nothing else. The app and all recovery codes stop working, every session ends, and the owner is told by mail.",
    },
  },
  /** Why it was not done. */
  refused: {
    target_out_of_reach: "Your role is not enough for this account.",
    target_is_caller: "Nobody may do that to their own account here.",
    target_disabled: "The account is disabled. Enable it first.",
    last_superadmin: "No other superadmin could sign in.",
    address_unproved: "The address is not confirmed: it may be a stranger's, and gets no power.",
  },
  back: "Back to the account",
  /** What was done, on the account's page. */
  done: {
    disable: "The account is disabled.",
    enable: "The account is enabled.",
    "password-reset": "A link to set a password is on its way.",
    invitation: "An invitation is on its way.",
    "sign-out": "Every session was ended.",
    "second-factor-off": "Two-factor sign-in is off.",
  },
};

/** What stands on every account page, and the page they begin at. */
export const account = {
  nav: "Your account",
  pages: {
    "/account": "Overview",
    "/account/profile": "Profile",
    "/account/security": "Sign-in & security",
    "/account/sessions": "Devices & sessions",
    "/account/keys": "API keys",
    "/account/activity": "Activity",
  },
  overview: {
    title: "Your account",
    name: "Name",
    noName: "None",
    email: "E-mail address",
    unconfirmed: "not confirmed",
    confirm: "Confirm it",
    secondFactor: "Two-factor sign-in",
    on: "On",
    off: "Off",
    turnOn: "Turn it on",
    manage: "Administer accounts",
    latest: "Latest activity",
  },
  /** What was done, on the page that one comes back to. */
  done: {
    profile: "Your profile was saved.",
    password: "Your password was changed. Every other sign-in has ended, on all your devices.",
    firstPassword:
      "Your account has a password now. Every other sign-in has ended, on all your devices.",
    emailAsked: "Check both inboxes: the link is in the new one, and the old one is told.",
    confirmationMailed: "The link is on its way. Look in the junk folder too.",
    secondFactorOff: "Two-factor sign-in is off. Your recovery codes no longer work.",
    sessionEnded: "Signed out there, at once.",
    sessionsEnded: "Signed out everywhere else, at once.",
    sessionRenamed: "The name was changed.",
    passkeyAdded: "Your passkey was added. From now on you can sign in with it alone.",
    passkeyRenamed: "The name was changed.",
    passkeyRemoved: "The passkey was removed. It no longer works: delete it on the device, too.",
    keyDeleted: "The key was deleted. It no longer works.",
  },
  /** A form that was handed out to another sign-in, or to none. */
  nameProblems: {
    missing: "Enter a name.",
    tooLong: "A name has at most {most} characters here.",
    unreadable: "A name stands on one line, in characters that can be seen.",
  },
  lapsed: {
    title: "This form is from an earlier sign-in",
    whatToDo: "Nothing was changed. Open the page again and fill in its form once more.",
    again: "Open the page again",
  },
  /** Why somebody who is signed in may not see a page or do something. */
  barred: {
    password_change_required: "Your password has to be changed before you can go on here.",
    changePassword: "Change your password",
    insufficient_scope:
      "An administrator is signed in as this account. That is enough to see the profile and change it, and for nothing else.",
    seeProfile: "See the profile",
  },
};

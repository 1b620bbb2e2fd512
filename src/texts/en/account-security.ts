/** What an account is signed in to with. */
export const accountSecurity = {
  title: "Sign-in & security",
  password: {
    name: "Password",
    set: "Set",
    none: "None: you sign in without one",
    change: "Change password",
    setFirst: "Set a password",
  },
  email: {
    name: "E-mail address",
    unconfirmed: "{email}, not confirmed",
    stops:
      "Mails to this address come back, or were reported as spam. You are sent none until {until}, not even to recover your account: change the address, or see that its mailbox takes mails by then.",
    change: "Change address",
    confirm: "Confirm or change address",
  },
  secondFactor: {
    name: "Two-factor sign-in",
    on: (codes: number) => `On, with ${codes} recovery code${codes === 1 ? "" : "s"} left`,
    off: "Off",
    manage: "Manage",
    setUp: "Set up",
    fewCodes:
      "You are running out of recovery codes. Without them and without your app you cannot sign in: make new ones.",
  },
  passkeys: {
    name: "Passkeys",
    count: (passkeys: number) => (passkeys > 0 ? `${passkeys} to sign in with` : "None"),
    manage: "Manage",
    add: "Add a passkey",
  },
  elsewhere: {
    name: "Everywhere else",
    what: "Lost a device, or unsure who is signed in?",
    end: "Sign out everywhere else",
  },
  change: {
    title: "Change your password",
    what: "Every other sign-in ends with it: devices and apps have to be connected again.",
    current: "Current password",
    submit: "Change password",
    wrong: "Your current password is not right.",
    unchanged: "The new password is the old one. Choose another.",
    forgot: "Forgot your password?",
  },
  first: {
    title: "Set a password",
    what: "You can sign in with it then, and as you do now. Every other sign-in ends.",
    submit: "Set password",
  },
};

/** A second step of signing in: setting it up, its recovery codes, turning it off. */
export const accountSecondFactor = {
  title: "Two-factor sign-in",
  codeMissing: "Enter the six digits that your app shows.",
  off: {
    what: "Signing in then also asks for a code from an app on your phone. Whoever finds out your password, or reads your mail, still does not get in.",
    needs:
      "You need an authenticator app, such as Aegis, 2FAS, Google Authenticator or a password manager.",
    start: "Set up",
  },
  on: {
    what: "Signing in asks for a code from your authenticator app.",
    codesLeft: (codes: number) => `You have ${codes} recovery code${codes === 1 ? "" : "s"} left.`,
    lost: "Lost your recovery codes, or never saved them?",
    replace: "Make new recovery codes",
    turnOff: "Turn off two-factor sign-in",
  },
  setUp: {
    title: "Set up your app",
    scan: "Scan this with your authenticator app.",
    qrCode: "QR code with the secret key below",
    type: "Or type the key into it:",
    confirm: "Then enter the code that the app shows.",
    code: "Six-digit code",
    submit: "Turn on",
    again: "Start again with another key",
    wrong: "That code is wrong, or was used already. Wait for the next one and enter that.",
  },
  codes: {
    title: "Your recovery codes",
    on: "Two-factor sign-in is on.",
    what: "Each of these signs you in once, without your app. Print them or copy them to a safe place: they are not shown again.",
    replaced: "The earlier ones no longer work.",
    whose: "{email} at {tenant}, {date}",
    copy: "All of them, to copy",
    print: "Printing this page prints only the codes.",
    saved: "I have saved them",
  },
  replace: {
    title: "New recovery codes",
    what: "All the codes that you have now stop working, used or not.",
    code: "Code from your authenticator app",
    submit: "Make new codes",
    wrong: "That code is wrong, or was used already.",
  },
  turnOff: {
    title: "Turn off two-factor sign-in",
    what: "Signing in will ask for your password alone.",
    code: "Code from your app, or a recovery code",
    submit: "Turn off",
    wrongPassword: "Your password is not right.",
    wrongCode: "That code is wrong, or was used already.",
    codeMissing: "Enter a code from your app, or one of your recovery codes.",
    needsPassword:
      "Turning this off takes a password as well as a code, so that nobody who got hold of one of them can do it. Your account has no password yet.",
    setPassword: "Set a password first",
  },
};

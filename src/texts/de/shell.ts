import type { Texts } from "../texts.ts";

export const shell: Texts["shell"] = {
  direction: "ltr",
  footer: "Wir fragen nie am Telefon, per E-Mail oder im Chat nach Ihrem Passwort.",
  errorTitle: "Fehler: {title}",
  frontPage: "Startseite",
  signIn: "Anmelden",
  account: "Ihr Konto",
  signedInAs: "Angemeldet als {email}",
  signOut: "Nicht Sie? Abmelden",
  nothingReadable: "(nichts Lesbares)",
};

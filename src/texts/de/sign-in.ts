import type { Texts } from "../texts.ts";

export const signIn: Texts["signIn"] = {
  anyone: { title: "Anmelden", about: "" },
  signedIn: {
    title: "Sie sind angemeldet",
    about: "In diesem Browser sind Sie als {email} angemeldet.",
  },
  anew: {
    title: "Bestätigen Sie, dass Sie es sind",
    about:
      "Sie sind als {email} angemeldet. Für den nächsten Schritt melden Sie sich bitte noch einmal an.",
  },
  thenTo: "Danach geht es weiter zu {client}.",
  goOn: "Weiter",
  somebodyElse: "Mit einem anderen Konto anmelden",
  submit: "Anmelden",
  wrong: "Die E-Mail-Adresse oder das Passwort ist falsch.",
  passkey: "Mit einem Passkey anmelden",
  wrongPasskey:
    "Dieser Passkey öffnet hier kein Konto. Versuchen Sie es mit einem anderen, oder melden Sie sich anders an.",
  latePasskey:
    "Die Seite war zu lange offen oder wurde schon verwendet. Bitte versuchen Sie es noch einmal.",
  mailedCode: "Code per E-Mail erhalten",
  forgot: "Passwort vergessen?",
  register: "Konto anlegen",
};

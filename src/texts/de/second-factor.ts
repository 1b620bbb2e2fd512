import type { Texts } from "../texts.ts";

export const secondFactor: Texts["secondFactor"] = {
  title: "Code eingeben",
  why: "Ihr Konto verlangt einen zweiten Schritt.",
  code: "Code aus Ihrer Authenticator-App",
  codeHint: "Sechs Ziffern, alle 30 Sekunden neue.",
  submit: "Anmelden",
  passkey: "Passkey verwenden",
  recoveryTitle: "Wiederherstellungscode verwenden",
  recoveryCode: "Wiederherstellungscode",
  recoveryHint: "Einer der Codes, die Ihnen beim Einrichten gezeigt wurden. Jeder gilt nur einmal.",
  startAgain: "Von vorn beginnen",
  missing: "Geben Sie den Code aus Ihrer App oder einen Ihrer Wiederherstellungscodes ein.",
  wrong: "Dieser Code ist falsch oder wurde schon verwendet.",
  wrongPasskey:
    "Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder geben Sie einen Code ein.",
};

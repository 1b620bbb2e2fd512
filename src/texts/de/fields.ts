import type { Texts } from "../texts.ts";

export const fields: Texts["fields"] = {
  email: "E-Mail-Adresse",
  emailMissing: "Geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@example.com.",
  password: "Passwort",
  newPassword: "Neues Passwort",
  passwordMissing: "Geben Sie Ihr Passwort ein.",
  passwordTooLong: "Ein Passwort hat hier höchstens {most} Zeichen.",
  passwordHint:
    "Mindestens {least} Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.",
  name: "Ihr Name",
  nameUnreadable: "Ein Name hat hier höchstens {mostOfName} Zeichen, und alle sind lesbar.",
  code: "Code",
  tooManyAttempts: "Zu viele Versuche. {comeBack}",
  tooManyRequests: "Zu viele Anfragen. {comeBack}",
};

import type { Texts } from "../texts.ts";

export const accountPasskeys: Texts["accountPasskeys"] = {
  title: "Passkeys",
  what: "Mit einem Passkey melden Sie sich an, indem Sie Ihr Telefon, Ihren Computer oder einen Sicherheitsschlüssel entsperren. Er gilt nur für diese Seite, daher kann ihn Ihnen niemand ablisten.",
  otherWays:
    "Auch ohne ihn kommen Sie hinein: mit Ihrem Passwort oder mit einem Code, den wir Ihnen per E-Mail schicken. Sie können also jeden Passkey entfernen, auch den letzten.",
  otherWaysWithCode:
    "Ohne ihn brauchen Sie Ihr Passwort oder einen Code, den wir Ihnen per E-Mail schicken, und dazu einen Code Ihrer Authenticator-App oder einen Wiederherstellungscode. Vergewissern Sie sich, dass Sie die haben, bevor Sie den letzten entfernen.",
  none: "Sie haben keine Passkeys.",
  kept: "Aufbewahrt",
  synced: "Vom Anbieter, auf allen Ihren Geräten",
  oneDevice: "Auf einem einzigen Gerät",
  added: "Hinzugefügt",
  lastUsed: "Zuletzt verwendet",
  never: "Noch nie",
  rename: "Umbenennen",
  name: "Name",
  saveName: "Namen speichern",
  remove: "Entfernen",
  add: {
    title: "Passkey hinzufügen",
    nameHint: "Woran Sie ihn wiedererkennen, zum Beispiel: mein Telefon.",
    submit: "Passkey hinzufügen",
    unavailable:
      "Um einen hinzuzufügen, verwenden Sie einen Browser, der Passkeys kennt, mit eingeschaltetem JavaScript.",
    tooMany:
      "Es gibt schon {most} Passkeys. Entfernen Sie einen, bevor Sie einen weiteren hinzufügen.",
    unproved:
      "Bestätigen Sie zuerst Ihre E-Mail-Adresse: Der Link steht in der E-Mail, die Sie bei der Registrierung bekommen haben. Oder legen Sie per E-Mail ein neues Passwort fest, das bestätigt sie auch.",
    taken: "Dieser Passkey ist schon hinzugefügt.",
    wrong: "Dieser Passkey wurde nicht angenommen. Bitte versuchen Sie es noch einmal.",
    late: "Die Seite war zu lange offen. Bitte versuchen Sie es noch einmal.",
  },
};

import type { Texts } from "../texts.ts";

export const accountPasskeys: Texts["accountPasskeys"] = {
  title: "Passkeys",
  what: "Mit einem Passkey melden Sie sich an, indem Sie Ihr Telefon, Ihren Computer oder einen Sicherheitsschlüssel entsperren. Er gilt nur für diese Seite, daher kann ihn Ihnen niemand ablisten.",
  otherWays:
    "Auch ohne ihn kommen Sie hinein: mit Ihrem Passwort oder mit einem Code, den wir Ihnen per E-Mail schicken. Sie können also jeden Passkey entfernen, auch den letzten.",
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
    taken: "Dieser Passkey ist schon hinzugefügt.",
    wrong: "Dieser Passkey wurde nicht angenommen. Bitte versuchen Sie es noch einmal.",
    late: "Die Seite war zu lange offen. Bitte versuchen Sie es noch einmal.",
  },
};

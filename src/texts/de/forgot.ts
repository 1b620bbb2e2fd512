import type { Texts } from "../texts.ts";

export const forgot: Texts["forgot"] = {
  title: "Passwort vergessen?",
  what: "Wir schicken Ihnen einen Link, mit dem Sie ein neues festlegen. Bis dahin bleibt Ihr Passwort, wie es ist.",
  submit: "Link anfordern",
  back: "Zurück zur Anmeldung",
  sent: {
    title: "Schauen Sie in Ihr Postfach",
    what: "Wenn zu dieser Adresse ein Konto gehört, ist ein Link zum Festlegen eines neuen Passworts unterwegs. Er gilt eine Stunde; schauen Sie auch in den Spam-Ordner.",
    nothingCame:
      "Nichts angekommen? Prüfen Sie, ob es die Adresse Ihres Kontos ist, und fordern Sie einen weiteren Link an.",
    again: "Noch einmal anfordern",
  },
};

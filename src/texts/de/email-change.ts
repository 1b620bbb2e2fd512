import type { Texts } from "../texts.ts";

export const emailChange: Texts["emailChange"] = {
  title: "Neue Adresse bestätigen",
  what: "Ein Klick, und Ihr Konto hat die Adresse {to} anstelle von {from}. Tun Sie das nur, wenn Sie es selbst angefordert haben und beide Ihnen gehören.",
  submit: "Diese Adresse verwenden",
  done: {
    title: "Ihre Adresse ist geändert",
    what: "Von jetzt an melden Sie sich mit der neuen Adresse an, und E-Mails kommen dorthin. Wer angemeldet ist, bleibt angemeldet: Beenden Sie auf Ihrer Kontoseite, was Sie nicht kennen.",
  },
  ofAnother: {
    title: "Dieser Link gehört zu einem anderen Konto",
    whatToDo:
      "Melden Sie sich mit dem Konto an, dessen Adresse sich ändern sollte. Wenn Sie keine Änderung angefordert haben, schließen Sie diese Seite: Es geschieht nichts.",
  },
  deadLink:
    "Oder das Konto hat inzwischen eine andere Adresse, oder die neue ist inzwischen vergeben. Fordern Sie die Änderung auf Ihrer Kontoseite noch einmal an.",
};

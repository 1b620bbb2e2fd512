import type { Texts } from "../texts.ts";

export const register: Texts["register"] = {
  title: "Konto anlegen",
  name: "Ihr Name (freiwillig)",
  submit: "Konto anlegen",
  signIn: "Sie haben ein Konto? Anmelden",
  sent: {
    title: "Schauen Sie in Ihr Postfach",
    what: "Eine E-Mail an {email} ist unterwegs. Öffnen Sie den Link darin, um zu bestätigen, dass die Adresse Ihre ist; er gilt 24 Stunden.",
    afterwards: "Melden Sie sich danach hier an, um weiterzumachen.",
    goOn: "Anmelden",
    nothingCame:
      "Nichts angekommen? Schauen Sie in den Spam-Ordner, und prüfen Sie, ob die Adresse stimmt.",
    again: "Andere Adresse verwenden",
  },
  closed: {
    title: "Hier können Sie sich nicht selbst registrieren",
    whatToDo:
      "Konten vergibt, wer diesen Dienst betreibt: Fragen Sie dort nach einem. Wenn Sie schon eines haben, melden Sie sich an.",
  },
};

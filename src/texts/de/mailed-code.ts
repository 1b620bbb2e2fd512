import type { Texts } from "../texts.ts";

export const mailedCode: Texts["mailedCode"] = {
  ask: {
    title: "Mit einem Code anmelden",
    what: "Wir schicken Ihnen einen Code, mit dem Sie sich ohne Passwort anmelden.",
    makesAccount: "Wenn Sie noch kein Konto haben, entsteht mit dem Code eines.",
    submit: "Code anfordern",
  },
  enter: {
    title: "Zugesandten Code eingeben",
    what: "Wenn {email} sich hier anmelden kann, ist ein Code unterwegs. Er gilt einmal und 10 Minuten lang; schauen Sie auch in den Spam-Ordner.",
    code: "Code aus der E-Mail",
    submit: "Anmelden",
    another: "Neuen Code schicken",
  },
  neverSetUp: {
    title: "Nie eingerichtet?",
    what: "Vielleicht hat sich jemand anderes mit Ihrer Adresse registriert. {link}: Wenn die Adresse bis dahin nicht bestätigt ist, wird dieser Schritt damit ausgeschaltet. Wenn Sie danach immer noch nach einem Code gefragt werden, lassen Sie den Schritt vom Betreiber dieses Dienstes ausschalten.",
    link: "Legen Sie per E-Mail ein neues Passwort fest",
  },
  withPassword: "Mit Passwort anmelden",
  missing: "Geben Sie den Code aus der E-Mail ein.",
  wrong:
    "Dieser Code ist falsch oder gilt nicht mehr. Nur der neueste gilt: Geben Sie ihn ein, oder lassen Sie sich einen neuen schicken.",
  exhausted:
    "Das waren zu viele Versuche, der Code gilt nicht mehr. Lassen Sie sich einen neuen schicken.",
  spentWithRecoveryCode:
    "Dieser Wiederherstellungscode ist falsch oder wurde schon verwendet. Der Code aus der E-Mail ist damit verbraucht: Lassen Sie sich einen neuen schicken.",
};

import type { Texts } from "../texts.ts";

export const mail: Texts["mail"] = {
  linkWorks: "Der Link gilt einmal und {span} lang. Nur der neueste Link gilt.",
  codeWorks:
    "Geben Sie diesen Code dort ein, wo Sie sich anmelden. Er gilt einmal und {span} lang. Nur der neueste Code gilt.",
  origin: {
    askedFor: "Angefordert",
    askedForFrom: "Angefordert aus {place}",
    done: "Ausgelöst",
    doneFrom: "Ausgelöst aus {place}",
    client: "{browser} unter {os}",
  },

  "verify-email": {
    subject: "Bestätigen Sie Ihre E-Mail-Adresse",
    lead: "Bestätigen Sie, dass diese Adresse Ihnen gehört:",
    action: "Adresse bestätigen",
    notYou:
      "Falls Sie sich nicht registriert haben, war es jemand anderes, der das Konto weiter nutzt, sobald die Adresse bestätigt ist. Ignorieren Sie diese E-Mail: Ohne den Link kann das niemand.",
  },
  "prove-address": {
    subject: "Bestätigen Sie, dass diese Adresse Ihnen gehört",
    lead: "Bestätigen Sie, dass diese Adresse Ihnen gehört:",
    action: "Adresse bestätigen",
    unconfirmedAccount:
      "Jemand, vielleicht Sie, hat sich mit dieser Adresse schon einmal registriert, sie aber nie bestätigt. Der Link bestätigt dieses Konto, meldet alle ab und macht dessen API-Schlüssel ungültig. Falls Sie es nicht angelegt haben, fordern Sie ein neues Passwort an, statt den Link zu benutzen: Auch das bestätigt die Adresse, und es nimmt dem, der es angelegt hat, alles, was er hat.",
    notYou:
      "Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Ohne den Link kann niemand Ihre Adresse bestätigen.",
  },
  "reset-password": {
    subject: "Legen Sie ein neues Passwort fest",
    lead: "Legen Sie ein neues Passwort für Ihr Konto fest:",
    action: "Neues Passwort festlegen",
    notYou:
      "Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.",
  },
  "address-unconfirmed": {
    subject: "Schließen Sie die Einrichtung Ihres Kontos ab",
    lead: "Jemand, vielleicht Sie, hat sich mit dieser Adresse schon einmal registriert, sie aber nie bestätigt. Legen Sie ein eigenes Passwort fest. Das bestätigt auch die Adresse, meldet alle ab, die jetzt bei dem Konto angemeldet sind, und macht dessen API-Schlüssel ungültig:",
    action: "Mein Passwort festlegen",
    notYou: "Falls Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.",
  },
  "login-code": {
    subject: "Ihr Code zum Anmelden",
    whyLong:
      "Er ist so lang, weil für diese Adresse viele falsche Codes probiert wurden: Ihn kann niemand erraten. Auf Striche und Großbuchstaben kommt es nicht an.",
    unconfirmedAccount:
      "Jemand, vielleicht Sie, hat sich mit dieser Adresse schon einmal registriert, sie aber nie bestätigt. Wenn Sie sich anmelden, ist sie bestätigt, alle anderen werden abgemeldet, und das Passwort und die API-Schlüssel von damals gelten nicht mehr. Legen Sie danach ein neues fest, wenn Sie sich mit einem Passwort anmelden wollen.",
    notYou:
      "Falls Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail und geben Sie den Code niemandem, wer auch danach fragt: Ohne ihn kommt niemand hinein.",
  },
  "address-taken": {
    subject: "Sie haben schon ein Konto",
    lead: "Jemand, vielleicht Sie, wollte sich mit dieser Adresse registrieren. Sie hat schon ein Konto:",
    action: "Anmelden",
    more: "Falls Sie Ihr Passwort nicht mehr wissen, fordern Sie dort ein neues an.",
    notYou: "Falls Sie das nicht waren, müssen Sie nichts tun.",
  },

  "change-email": {
    subject: "Bestätigen Sie Ihre neue E-Mail-Adresse",
    lead: "Jemand, vielleicht Sie, will diese Adresse für sein Konto verwenden. Falls Sie das waren, bestätigen Sie sie:",
    action: "Diese Adresse verwenden",
    notYou:
      "Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Es ändert sich nichts.",
  },
  "new-address-taken": {
    subject: "Diese Adresse hat ein eigenes Konto",
    lead: "Jemand, vielleicht Sie, wollte diese Adresse für ein anderes Konto verwenden. Sie hat ein eigenes Konto, deshalb wurde nichts geändert:",
    action: "Anmelden",
    more: "Falls Sie sie für das andere Konto verwenden wollen, geben Sie zuerst diesem hier eine andere Adresse.",
    notYou: "Falls Sie das nicht waren, müssen Sie nichts tun.",
  },

  "account-secured": {
    subject: "Ihr Konto ist gesichert: Legen Sie ein neues Passwort fest",
    lead: "Alle wurden abgemeldet, was zu Ihrem Konto hinzugefügt wurde, wurde zurückgenommen, und das Passwort gilt nicht mehr. Legen Sie ein neues fest:",
    action: "Neues Passwort festlegen",
    notYou:
      "Falls Sie das nicht veranlasst haben, liest jemand anderes Ihre E-Mails: Ändern Sie zuerst das Passwort Ihres Postfachs und danach dieses.",
  },
  invitation: {
    subject: "Richten Sie Ihr Konto ein",
    lead: "Mit dieser Adresse wurde ein Konto für Sie angelegt. Legen Sie ein eigenes Passwort fest; damit bestätigen Sie auch die Adresse:",
    action: "Mein Passwort festlegen",
    notYou:
      "Falls Sie das nicht erwartet haben, ignorieren Sie diese E-Mail: Ohne den Link kann niemand das Konto verwenden.",
  },
  "address-reserved": {
    subject: "Ihr Konto hat jetzt eine andere Adresse",
    what: "Jemand, vielleicht Sie, wollte diese Adresse verwenden. Sie gehörte zu einem Konto, das eine andere bekommen hat, und bleibt bis {until} für dessen Inhaber aufgehoben: Vorher kann sich niemand mit ihr registrieren.",
    yours: "Falls Sie die Adresse geändert haben, melden Sie sich mit der neuen an.",
  },

  notices: {
    "account-made": {
      subject: "Ihr Konto ist bereit",
      what: "Mit dieser Adresse, die Sie zuvor bestätigt haben, wurde gerade ein Konto angelegt.",
    },
    "password-changed": {
      subject: "Ihr Passwort wurde geändert",
      what: "Das Passwort Ihres Kontos wurde gerade geändert. Wer sonst noch angemeldet war, wurde abgemeldet.",
    },
    "email-change-requested": {
      subject: "Eine neue E-Mail-Adresse wurde angefordert",
      what: "Jemand, der bei Ihrem Konto angemeldet ist, will dessen E-Mail-Adresse ändern. Sie ändert sich, sobald die neue Adresse bestätigt ist.",
    },
    "email-changed": {
      subject: "Ihre E-Mail-Adresse wurde geändert",
      what: "Ihr Konto hat jetzt eine andere E-Mail-Adresse. E-Mails dazu kommen nicht mehr hierher.",
    },
    "second-factor-on": {
      subject: "Die Anmeldung in zwei Schritten wurde eingeschaltet",
      what: "Wer sich bei Ihrem Konto anmeldet, braucht jetzt auch einen Code aus einer Authenticator-App.",
    },
    "second-factor-off": {
      subject: "Die Anmeldung in zwei Schritten wurde ausgeschaltet",
      what: "Wer sich bei Ihrem Konto anmeldet, braucht keinen Code aus einer Authenticator-App mehr. Die Wiederherstellungscodes gelten nicht mehr.",
    },
    "recovery-codes-replaced": {
      subject: "Ihre Wiederherstellungscodes wurden ersetzt",
      what: "Für Ihr Konto wurden neue Wiederherstellungscodes erzeugt. Die alten gelten nicht mehr.",
    },
    "passkey-added": {
      subject: "Ein Passkey wurde hinzugefügt",
      what: "Ihr Konto hat einen neuen Passkey: Wer ihn besitzt, kann sich anmelden.",
    },
    "passkey-removed": {
      subject: "Ein Passkey wurde entfernt",
      what: "Ein Passkey Ihres Kontos wurde entfernt. Damit kann sich niemand mehr anmelden.",
    },
    "key-made": {
      subject: "Ein API-Schlüssel wurde erzeugt",
      what: "In Ihrem Konto wurde ein neuer API-Schlüssel erzeugt: Programme, die ihn haben, können ihn verwenden.",
    },
    "key-deleted": {
      subject: "Ein API-Schlüssel wurde gelöscht",
      what: "In Ihrem Konto wurde ein API-Schlüssel gelöscht. Programme, die ihn haben, können ihn nicht mehr verwenden.",
    },
    "device-approved": {
      subject: "Ein Gerät wurde mit Ihrem Konto verbunden",
      what: "Ein Gerät wurde gerade mit dem Code, den es anzeigte, bei Ihrem Konto angemeldet und bleibt es, bis Sie das beenden. Falls dieser Code nicht auf einem Gerät vor Ihnen stand, war es nicht Ihres, auch wenn Sie ihn selbst eingegeben haben: Sagen Sie es unten.",
    },
  },
  undo: {
    yours: "Falls Sie das waren, müssen Sie nichts tun.",
    notYou: "Falls nicht, teilen Sie es uns jetzt mit:",
    action: "Das war ich nicht",
    whatItDoes:
      "Die Seite dahinter sagt zuerst, was sie tut: Sie meldet alle ab, nimmt zurück, was zu Ihrem Konto hinzugefügt wurde, und lässt Sie ein neues Passwort festlegen. Der Link gilt bis {until}.",
  },
};

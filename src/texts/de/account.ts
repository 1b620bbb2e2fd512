import type { Texts } from "../texts.ts";

export const account: Texts["account"] = {
  nav: "Ihr Konto",
  pages: {
    "/account": "Übersicht",
    "/account/profile": "Profil",
    "/account/security": "Anmeldung & Sicherheit",
    "/account/sessions": "Geräte & Sitzungen",
    "/account/keys": "API-Schlüssel",
    "/account/activity": "Aktivität",
  },
  overview: {
    title: "Ihr Konto",
    name: "Name",
    noName: "Keiner",
    email: "E-Mail-Adresse",
    unconfirmed: "nicht bestätigt",
    confirm: "Bestätigen",
    secondFactor: "Zwei-Faktor-Anmeldung",
    on: "Ein",
    off: "Aus",
    turnOn: "Einschalten",
    manage: "Konten verwalten",
    latest: "Letzte Aktivität",
  },
  done: {
    profile: "Ihr Profil wurde gespeichert.",
    password:
      "Ihr Passwort wurde geändert. Alle anderen Anmeldungen sind beendet, auf allen Ihren Geräten.",
    firstPassword:
      "Ihr Konto hat jetzt ein Passwort. Alle anderen Anmeldungen sind beendet, auf allen Ihren Geräten.",
    emailAsked:
      "Sehen Sie in beide Postfächer: Im neuen liegt der Link, das alte wird benachrichtigt.",
    confirmationMailed: "Der Link ist unterwegs. Sehen Sie auch im Spam-Ordner nach.",
    secondFactorOff:
      "Die Zwei-Faktor-Anmeldung ist aus. Ihre Wiederherstellungscodes gelten nicht mehr.",
    sessionEnded: "Dort sind Sie jetzt abgemeldet.",
    sessionsEnded: "Überall sonst sind Sie jetzt abgemeldet.",
    sessionRenamed: "Der Name wurde geändert.",
    passkeyAdded:
      "Ihr Passkey wurde hinzugefügt. Ab jetzt können Sie sich mit ihm allein anmelden.",
    passkeyRenamed: "Der Name wurde geändert.",
    passkeyRemoved:
      "Der Passkey wurde entfernt. Er öffnet nichts mehr: Löschen Sie ihn auch auf dem Gerät.",
    keyDeleted: "Der Schlüssel wurde gelöscht. Er öffnet nichts mehr.",
  },
  nameProblems: {
    missing: "Geben Sie einen Namen ein.",
    tooLong: "Ein Name hat hier höchstens {most} Zeichen.",
    unreadable: "Ein Name steht auf einer Zeile und besteht aus sichtbaren Zeichen.",
  },
  lapsed: {
    title: "Dieses Formular stammt von einer früheren Anmeldung",
    whatToDo:
      "Es wurde nichts geändert. Öffnen Sie die Seite neu und füllen Sie das Formular noch einmal aus.",
    again: "Seite neu öffnen",
  },
  barred: {
    password_change_required: "Bevor es hier weitergeht, müssen Sie Ihr Passwort ändern.",
    changePassword: "Passwort ändern",
    insufficient_scope:
      "Jemand von der Verwaltung ist mit diesem Konto angemeldet. Damit lässt sich das Profil ansehen und ändern, sonst nichts.",
    seeProfile: "Profil ansehen",
  },
};

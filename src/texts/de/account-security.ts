import type { Texts } from "../texts.ts";

export const accountSecurity: Texts["accountSecurity"] = {
  title: "Anmeldung & Sicherheit",
  password: {
    name: "Passwort",
    set: "Festgelegt",
    none: "Keines: Sie melden sich ohne Passwort an",
    change: "Passwort ändern",
    setFirst: "Passwort festlegen",
  },
  email: {
    name: "E-Mail-Adresse",
    unconfirmed: "{email}, nicht bestätigt",
    stops:
      "E-Mails an diese Adresse kommen zurück oder wurden als Spam gemeldet. Bis {until} bekommen Sie keine, auch nicht, um Ihr Konto wiederherzustellen: Ändern Sie die Adresse oder sorgen Sie dafür, dass das Postfach bis dahin E-Mails annimmt.",
    change: "Adresse ändern",
    confirm: "Adresse bestätigen oder ändern",
  },
  secondFactor: {
    name: "Zwei-Faktor-Anmeldung",
    on: (codes) =>
      codes === 1
        ? "Ein, noch 1 Wiederherstellungscode übrig"
        : `Ein, noch ${codes} Wiederherstellungscodes übrig`,
    off: "Aus",
    manage: "Verwalten",
    setUp: "Einrichten",
    fewCodes:
      "Ihre Wiederherstellungscodes gehen zur Neige. Ohne sie und ohne Ihre App können Sie sich nicht anmelden: Lassen Sie sich neue geben.",
  },
  passkeys: {
    name: "Passkeys",
    count: (passkeys: number) => (passkeys > 0 ? `${passkeys} zum Anmelden` : "Keine"),
    manage: "Verwalten",
    add: "Passkey hinzufügen",
  },
  elsewhere: {
    name: "Überall sonst",
    what: "Ein Gerät verloren, oder unsicher, wer angemeldet ist?",
    end: "Überall sonst abmelden",
  },
  change: {
    title: "Passwort ändern",
    what: "Alle anderen Anmeldungen enden damit: Geräte und Apps müssen neu verbunden werden.",
    current: "Aktuelles Passwort",
    submit: "Passwort ändern",
    wrong: "Ihr jetziges Passwort stimmt nicht.",
    unchanged: "Das neue Passwort ist das alte. Wählen Sie ein anderes.",
    forgot: "Passwort vergessen?",
  },
  first: {
    title: "Passwort festlegen",
    what: "Sie können sich dann damit anmelden, und weiterhin so wie jetzt. Alle anderen Anmeldungen enden.",
    submit: "Passwort festlegen",
  },
};

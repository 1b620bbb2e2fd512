import type { Texts } from "../texts.ts";

export const reset: Texts["reset"] = {
  title: "Neues Passwort festlegen",
  what: "Alle bestehenden Anmeldungen enden damit, auf allen Ihren Geräten.",
  submit: "Passwort festlegen",
  done: {
    title: "Ihr Passwort ist festgelegt",
    what: "Alle früheren Anmeldungen sind beendet. Melden Sie sich mit dem neuen Passwort an.",
    stillThere:
      "Passkeys und API-Schlüssel bleiben bestehen: Wenn jemand anderes eingedrungen war, sehen Sie sie auf Ihrer Kontoseite durch.",
    confirmed: "Ihre Adresse ist damit auch bestätigt.",
    keysGone:
      "Die API-Schlüssel des Kontos sind gelöscht. Sie stammen aus der Zeit, bevor die Adresse bestätigt war, und könnten von jemand anderem sein: Erstellen Sie neue auf Ihrer Kontoseite.",
    secondFactorOff:
      "Die Zwei-Faktor-Anmeldung ist ausgeschaltet. Sie stammte aus der Zeit, bevor die Adresse bestätigt war, und könnte von jemand anderem gewesen sein: Richten Sie sie auf Ihrer Kontoseite neu ein.",
  },
  first: {
    title: "Ihr Passwort festlegen",
    what: "Sie melden sich danach mit Ihrer Adresse und diesem Passwort an.",
    done: { what: "Melden Sie sich mit dem Passwort an." },
  },
  deadLink:
    "Nur der neueste Link gilt. Verwenden Sie die neueste E-Mail, oder fordern Sie einen weiteren an.",
  another: "Weiteren Link anfordern",
};

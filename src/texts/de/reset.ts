import type { Texts } from "../texts.ts";

export const reset: Texts["reset"] = {
  title: "Neues Passwort festlegen",
  what: "Alle bestehenden Anmeldungen enden damit, auf allen Ihren Geräten.",
  submit: "Passwort festlegen",
  done: {
    title: "Ihr Passwort ist festgelegt",
    what: "Alle früheren Anmeldungen sind beendet. Melden Sie sich mit dem neuen Passwort an. Passkeys und API-Schlüssel bleiben bestehen: Wenn jemand anderes eingedrungen war, sehen Sie sie auf Ihrer Kontoseite durch.",
  },
  first: {
    title: "Ihr Passwort festlegen",
    what: "Sie melden sich danach mit Ihrer Adresse und diesem Passwort an.",
    done: { what: "Ihre Adresse ist damit auch bestätigt. Melden Sie sich mit dem Passwort an." },
  },
  deadLink:
    "Nur der neueste Link gilt. Verwenden Sie die neueste E-Mail, oder fordern Sie einen weiteren an.",
  another: "Weiteren Link anfordern",
};

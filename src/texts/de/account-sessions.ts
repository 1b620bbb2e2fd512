import type { Texts } from "../texts.ts";

export const accountSessions: Texts["accountSessions"] = {
  title: "Geräte & Sitzungen",
  what: "Alles, was mit Ihrem Konto angemeldet ist. Melden Sie ab, was Sie nicht kennen.",
  most: "Das sind die {count} neuesten. Wenn Sie sich überall sonst abmelden, enden auch die übrigen.",
  thisOne: "Dieser Browser",
  kinds: {
    browser: "Browser",
    device: "Gerät",
    app: "App",
    program: "Programm",
    administrator: "Jemand von der Verwaltung, der hilft",
  },
  first: "Zuerst gesehen",
  last: "Zuletzt verwendet",
  may: "Darf",
  rename: "Umbenennen",
  name: "Name",
  nameHint: "Leer heißt: kein Name.",
  saveName: "Namen speichern",
  end: "Abmelden",
  elsewhere: {
    title: "Überall sonst abmelden",
    what: "Jeder Browser, jede App und jedes Gerät außer diesem Browser wird sofort abgemeldet. Geräte wie ein Fernseher müssen mit einem Code neu verbunden werden. Zugelassene Geräte, die sich noch nicht angemeldet haben, werden abgewiesen.",
    keys: "API-Schlüssel gelten weiter: {link}.",
    keysLink: "Löschen Sie die, die Sie nicht brauchen",
    password:
      "Wenn jemand Ihr Passwort kennt, {link}: Damit enden ebenfalls alle anderen Anmeldungen.",
    passwordLink: "ändern Sie stattdessen das Passwort",
    submit: "Überall sonst abmelden",
  },
};

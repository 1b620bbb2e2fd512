import type { Texts } from "../texts.ts";

export const accountKeys: Texts["accountKeys"] = {
  title: "API-Schlüssel",
  what: "Mit einem Schlüssel verwendet ein Programm von Ihnen die API in Ihrem Namen. Wer den Schlüssel hat, kann tun, was er darf.",
  none: "Sie haben keine Schlüssel.",
  prefix: "Beginnt mit",
  may: "Darf",
  made: "Erstellt",
  lastUsed: "Zuletzt verwendet",
  never: "Nie",
  expires: "Läuft ab",
  expired: "Abgelaufen",
  neverExpires: "Nie",
  remove: "Löschen",
  create: {
    title: "Schlüssel erstellen",
    name: "Name",
    nameHint: "Wofür er ist, zum Beispiel: Sicherungsskript.",
    may: "Was er darf",
    mayMissing: "Setzen Sie bei mindestens einem, was der Schlüssel darf, ein Häkchen.",
    expires: "Er läuft ab",
    lives: {
      "30": "in 30 Tagen",
      "90": "in 90 Tagen",
      "365": "in einem Jahr",
      never: "nie",
    },
    livesMissing: "Wählen Sie, wann der Schlüssel abläuft.",
    submit: "Schlüssel erstellen",
    tooMany: "Es gibt schon hundert Schlüssel. Löschen Sie zuerst einen.",
  },
  created: {
    title: "Ihr neuer Schlüssel",
    what: "Kopieren Sie ihn jetzt dorthin, wo er gebraucht wird. Er wird nirgends aufbewahrt und nicht noch einmal gezeigt.",
    done: "Ich habe ihn kopiert",
  },
};

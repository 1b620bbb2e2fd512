import type { Texts } from "../texts.ts";

/** Spans stand in the dative, as after "in". */
export const time: Texts["time"] = {
  locale: "de-DE",
  utc: "{time} UTC",
  seconds: (count) => `${count} ${count === 1 ? "Sekunde" : "Sekunden"}`,
  minutes: (count) => `${count} ${count === 1 ? "Minute" : "Minuten"}`,
  hours: (count) => `${count} ${count === 1 ? "Stunde" : "Stunden"}`,
  days: (count) => `${count} ${count === 1 ? "Tag" : "Tagen"}`,
  tryAgainIn: "Versuchen Sie es in {span} noch einmal.",
  tryAgainLater: "Versuchen Sie es später noch einmal.",
  recover: "Warten hilft hier nicht: Setzen Sie per E-Mail ein neues Passwort.",
};

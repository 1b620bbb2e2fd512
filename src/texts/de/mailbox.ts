import type { Texts } from "../texts.ts";

export const mailbox: Texts["mailbox"] = {
  title: "Postfach",
  empty: "Noch keine Post. Laden Sie die Seite neu, sobald Sie welche angefordert haben.",
  to: "An {address}, {time}",
  asMailed: "So, wie sie verschickt wurde",
};

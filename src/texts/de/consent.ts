import type { Texts } from "../texts.ts";

export const consent: Texts["consent"] = {
  title: "Zugriff erlauben?",
  heading: "Zugriff auf Ihr Konto erlauben?",
  asks: "{client} ({id}) möchte Ihr Konto verwenden.",
  madeBy: "Als Hersteller ist {owner} angegeben. Geprüft haben wir das nicht.",
  madeByNobody: "Wer es herstellt, ist nicht angegeben.",
  leadsTo: "Danach werden Sie weitergeleitet an",
  appHere: "Eine App auf diesem Gerät ({scheme})",
  programHere: "Ein Programm auf diesem Gerät ({host})",
  advice:
    "Wenn Sie diese App nicht kennen oder das nicht selbst begonnen haben, lehnen Sie ab. Sie können den Zugriff jederzeit beenden, in der Liste {link}.",
  sessions: "Ihrer Sitzungen und Geräte",
  allow: "Erlauben",
  deny: "Ablehnen",
};

import type { Texts } from "../texts.ts";

export const secure: Texts["secure"] = {
  title: "War jemand anderes in Ihrem Konto?",
  why: "Hier bekommen Sie es zurück. Alles Folgende geschieht auf einmal; solange Sie nicht auf den Knopf drücken, geschieht nichts.",
  does: [
    "Alle werden abgemeldet, auf jedem Gerät und in jeder App.",
    "Das Passwort gilt nicht mehr. Ein Link, mit dem Sie ein neues festlegen, geht an die Adresse, an die auch jene E-Mail ging.",
    "Was in den letzten drei Tagen hinzugekommen ist, wird zurückgenommen: Passkeys, API-Schlüssel und ein zweiter Faktor samt Wiederherstellungscodes.",
    "Falls das Konto seither eine andere E-Mail-Adresse bekommen hat, bekommt es diese zurück.",
  ],
  stays:
    "Was älter ist, bleibt, auch ein zweiter Faktor. Falls Sie es doch selbst waren, schließen Sie diese Seite.",
  submit: "Mein Konto sichern",
  done: {
    title: "Ihr Konto ist gesichert",
    what: "Alle sind abgemeldet, und das Passwort gilt nicht mehr. Ein Link, mit dem Sie ein neues festlegen, ist unterwegs. Er gilt eine Stunde; sehen Sie auch im Spam-Ordner nach.",
    afterwards:
      "Sehen Sie Ihr Konto durch, sobald Sie wieder darin sind: Vielleicht stammt noch etwas anderes nicht von Ihnen.",
  },
  deadLink:
    "Falls Sie schon so einen verwendet haben, ist Ihr Konto gesichert: Fordern Sie einen Link an, um ein neues Passwort festzulegen.",
};

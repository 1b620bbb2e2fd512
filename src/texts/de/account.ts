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
  overview: "Ihr Konto",
  lapsed: {
    title: "Dieses Formular stammt von einer früheren Anmeldung",
    whatToDo:
      "Es wurde nichts geändert. Öffnen Sie die Seite neu und füllen Sie das Formular noch einmal aus.",
    again: "Seite neu öffnen",
  },
};

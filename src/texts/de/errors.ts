import type { Texts } from "../texts.ts";

export const errors: Texts["errors"] = {
  invalid_request: {
    title: "Das ist nicht vollständig angekommen",
    whatToDo:
      "Gehen Sie zurück, laden Sie die Seite neu und füllen Sie das Formular noch einmal aus.",
  },
  cross_site: {
    title: "Dieses Formular stammt nicht von dieser Seite",
    whatToDo:
      "Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
  },
  route_unknown: {
    title: "Hier gibt es nichts",
    whatToDo: "Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite.",
  },
  method_not_allowed: {
    title: "Das geht hier nicht",
    whatToDo: "Gehen Sie zurück und verwenden Sie das Formular auf der Seite.",
  },
  body_too_large: {
    title: "Das ist zu viel auf einmal",
    whatToDo: "Gehen Sie zurück und kürzen Sie Ihre Eingabe.",
  },
  unsupported_media_type: {
    title: "Das ist kein Formular",
    whatToDo: "Gehen Sie zurück und verwenden Sie das Formular auf der Seite.",
  },
  rate_limited: {
    title: "Zu viele Versuche",
    whatToDo: "Warten Sie ein wenig bis zum nächsten.",
  },
  internal: {
    title: "Bei uns ist etwas schiefgegangen",
    whatToDo:
      "Es liegt nicht an Ihnen. Versuchen Sie es noch einmal; wenn es so bleibt, kommen Sie später wieder.",
  },
  unavailable: {
    title: "Im Moment nicht möglich",
    whatToDo: "Mit Ihrer Eingabe ist alles in Ordnung.",
  },
};

import type { Texts } from "../texts.ts";

export const authorizationErrors: Texts["authorizationErrors"] = {
  invalid_request: {
    title: "Diese Anfrage ist nicht vollständig",
    whatToDo:
      "Die App, von der Sie kommen, hat einen Fehler gemacht. Gehen Sie zu ihr zurück und versuchen Sie es noch einmal; wenn es so bleibt, sagen Sie es ihrem Hersteller.",
  },
  client_unknown: {
    title: "Diese App ist hier nicht bekannt",
    whatToDo:
      "Prüfen Sie, ob Sie von der richtigen App kommen. Wenn ja, sagen Sie es ihrem Hersteller.",
  },
  redirect_uri_unknown: {
    title: "Diese App kann dort keine Antwort bekommen",
    whatToDo:
      "Die Adresse, zu der sie Sie schicken will, hat sie hier nicht eingetragen. Dorthin wurde nichts geschickt. Sagen Sie es ihrem Hersteller.",
  },
  expired_token: {
    title: "Das hat zu lange gedauert",
    whatToDo:
      "Ihre Anfrage gilt nicht mehr, oder ein Teil davon fehlt. Gehen Sie zur App zurück und beginnen Sie von vorn.",
  },
  rate_limited: {
    title: "Zu viele Versuche",
    whatToDo: "Warten Sie ein wenig bis zum nächsten.",
  },
  password_change_required: {
    title: "Ihr Passwort muss geändert werden",
    whatToDo:
      "Legen Sie zuerst ein neues fest, gehen Sie dann zur App zurück und beginnen Sie von vorn.",
  },
  insufficient_scope: {
    title: "Mit dieser Anmeldung lassen sich keine Apps verbinden",
    whatToDo:
      "Gehen Sie zur App zurück, beginnen Sie von vorn und melden Sie sich mit Ihrem Passwort an.",
  },
  forMakers: "Für ihren Hersteller: {reason}",
  newPassword: "Link anfordern",
};

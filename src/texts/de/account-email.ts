import type { Texts } from "../texts.ts";

export const accountEmail: Texts["accountEmail"] = {
  title: "Adresse ändern",
  now: "Ihre Adresse ist {email}, und sie ist bestätigt.",
  nowUnconfirmed:
    "Ihre Adresse ist {email}. Sie ist noch nicht bestätigt: Öffnen Sie den neuesten Link, den wir dorthin geschickt haben.",
  again: "Link noch einmal schicken",
  what: "Wir schicken einen Link an die neue Adresse und benachrichtigen die jetzige. Die Adresse ändert sich, sobald Sie den Link öffnen; er gilt eine Stunde. Sie bleiben angemeldet.",
  field: "Neue E-Mail-Adresse",
  submit: "Link schicken",
  unchanged: "Das ist schon Ihre Adresse.",
};

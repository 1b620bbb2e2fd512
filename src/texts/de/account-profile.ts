import type { Texts } from "../texts.ts";

export const accountProfile: Texts["accountProfile"] = {
  about: "Apps, denen Sie Ihr Profil zeigen, erfahren Ihren Namen.",
  language: "Sprache unserer E-Mails",
  languages: { en: "English", de: "Deutsch" },
  save: "Speichern",
  address:
    "Ihre E-Mail-Adresse ist {email}. Sie melden sich damit an, deshalb wird sie unter {link} geändert.",
};

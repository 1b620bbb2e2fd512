import type { Texts } from "../texts.ts";

export const scopes: Texts["scopes"] = {
  asksTo: "Es möchte",
  untick:
    "Nehmen Sie das Häkchen weg von allem, was es nicht darf. Ganz ohne kann es Sie anmelden, sonst nichts.",
  nothing: "Sie anmelden, sonst nichts",
  forUseAt: "Zur Verwendung bei {resource}",
  words: {
    openid: "Wissen, dass Sie es sind",
    profile: "Ihren Namen sehen",
    email: "Ihre E-Mail-Adresse sehen",
    offline_access: "Verbunden bleiben, bis Sie es beenden",
    "profile:read": "Ihr Profil und Ihre E-Mail-Adresse sehen",
    "profile:write": "Ihr Profil ändern",
    "admin:accounts:read": "Konten sehen, soweit Sie sie verwalten dürfen",
    "admin:accounts": "Konten verwalten, soweit Sie es dürfen",
    "admin:keys": "Schlüssel auflisten und widerrufen, soweit Sie es dürfen",
    "admin:clients": "OAuth-Clients verwalten, soweit Sie es dürfen",
    "admin:tenants": "Mandanten verwalten und in jedem handeln, soweit Sie es dürfen",
    "admin:audit": "Das Audit-Protokoll lesen, soweit Sie es dürfen",
  },
};

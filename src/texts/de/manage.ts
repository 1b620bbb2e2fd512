import type { Texts } from "../texts.ts";

export const manage: Texts["manage"] = {
  nav: "Verwaltung",
  title: "Konten",
  closed: {
    title: "Nur für die Verwaltung",
    what: "Das Konto, mit dem Sie angemeldet sind, verwaltet hier keine anderen. Wenn ein anderes Konto von Ihnen das tut, melden Sie sich ab und kommen Sie damit wieder.",
  },
  search: {
    prefix: "E-Mail-Adresse beginnt mit",
    hint: "Leer heißt: alle Konten.",
    submit: "Suchen",
    all: "Alle Konten",
    found: "Adressen, die mit {prefix} beginnen",
    none: "Es gibt keine.",
    more: "Weitere",
  },
  roles: { user: "Benutzer", admin: "Administrator", superadmin: "Superadmin" },
  disabled: "Gesperrt",
  of: "Konto: {account}",
  account: {
    title: "Konto",
    role: "Rolle",
    signIn: "Anmeldung",
    allowed: "Möglich",
    disabled: "Gesperrt {moment}",
    password: "Passwort",
    set: "Gesetzt",
    notSet: "Keines",
    mustChange: "muss geändert werden",
    made: "Angelegt",
    id: "Kontonummer",
    deeds: "Was Sie tun können",
    outOfReach: "Dieses Konto kann nur ein Superadmin ändern.",
  },
  unknown: {
    title: "Dieses Konto gibt es nicht",
    what: "Vielleicht wurde es gelöscht.",
    search: "Ein anderes suchen",
  },
  sessions: {
    title: "Sitzungen",
    none: "Niemand ist mit diesem Konto angemeldet.",
    most: "Das sind die {count} neuesten.",
  },
  events: {
    title: "Ereignisse",
    by: "Durch {actor}",
    words: {
      impersonation: "Jemand von der Verwaltung hat sich mit diesem Konto angemeldet",
      "sessions-ended-by-admin": "Die Administration hat alle Sitzungen beendet",
    },
  },
  deeds: {
    disable: {
      title: "Konto sperren",
      what: "Niemand kann sich mehr damit anmelden, und wer angemeldet ist, ist es sofort nicht mehr, auf keinem Gerät. Seine API-Schlüssel öffnen nichts, bis es wieder freigegeben ist.",
    },
    enable: {
      title: "Konto freigeben",
      what: "Wem es gehört, kann sich wieder anmelden wie zuvor. Beendete Sitzungen bleiben beendet.",
    },
    "password-reset": {
      title: "Link zum Setzen eines Passworts senden",
      what: "Er geht an die eigene Adresse des Kontos. Das jetzige Passwort gilt, bis der Link verwendet wird.",
    },
    invitation: {
      title: "Einladung senden",
      what: "Sie geht an die eigene Adresse des Kontos, mit einem Link zum Setzen des ersten Passworts, der drei Tage gilt.",
    },
    "sign-out": {
      title: "Alle Sitzungen beenden",
      what: "Jeder Browser, jede App und jedes Gerät wird sofort abgemeldet. Wer das Passwort kennt, kann sich wieder anmelden, und API-Schlüssel gelten weiter.",
    },
    "second-factor-off": {
      title: "Zwei-Faktor-Anmeldung ausschalten",
      what: "Vergewissern Sie sich zuerst, dass darum bittet, wem das Konto gehört: Genau darum bittet auch, wer das Passwort kennt und sonst nichts. Die App und alle Wiederherstellungscodes gelten nicht mehr, alle Sitzungen enden, und wem das Konto gehört, bekommt eine E-Mail darüber.",
    },
  },
  refused: {
    target_out_of_reach: "Ihre Rolle reicht für dieses Konto nicht aus.",
    target_is_caller: "Das kann hier niemand mit dem eigenen Konto tun.",
    target_disabled: "Das Konto ist gesperrt. Geben Sie es zuerst frei.",
    last_superadmin: "Kein anderer Superadmin könnte sich anmelden.",
    address_unproved:
      "Die Adresse ist nicht bestätigt: Sie kann jemand anderem gehören und bekommt keine Befugnisse.",
  },
  back: "Zurück zum Konto",
  done: {
    disable: "Das Konto ist gesperrt.",
    enable: "Das Konto ist freigegeben.",
    "password-reset": "Ein Link zum Setzen eines Passworts ist unterwegs.",
    invitation: "Eine Einladung ist unterwegs.",
    "sign-out": "Alle Sitzungen wurden beendet.",
    "second-factor-off": "Die Zwei-Faktor-Anmeldung ist aus.",
  },
};

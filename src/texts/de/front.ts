import type { Texts } from "../texts.ts";

export const front: Texts["front"] = {
  title: "Willkommen",
  what: "Anmeldung für Apps und Geräte.",
  pages: "Seiten",
  signIn: "Anmelden",
  device: "Gerät verbinden",
  workbench: {
    title: "Latchkey läuft",
    what: "Ein Anmeldedienst in der Entwicklung. Er spricht {contracts} über einem gemeinsamen Kontenspeicher.",
    mailbox: "Postfach",
    reference: "API-Referenz (englisch)",
    health: "Zustand",
    metadata: "OAuth-Metadaten",
    keys: "Öffentliche Schlüssel",
    tryIt: "Ausprobieren",
    how: "Registrieren, anmelden, ein Gerät beginnen; die Post dazu liegt im Postfach.",
    register: "1. Registrieren",
    signIn: "2. Anmelden",
    device: "3. Ein Gerät beginnen",
  },
};

import type { Texts } from "../texts.ts";

export const verify: Texts["verify"] = {
  title: "Adresse bestätigen",
  what: "Ein Klick, und die Adresse ist als Ihre bestätigt.",
  notYou:
    "Falls nicht Sie sich registriert haben, bestätigen Sie sie nicht: Wer es war, nutzt das Konto mit seinem Passwort weiter. Es gehört Ihnen allein, wenn Sie selbst eines festlegen:",
  setPassword: "Eigenes Passwort festlegen",
  submit: "Adresse bestätigen",
  done: {
    title: "Ihre Adresse ist bestätigt",
    what: "Wenn Sie von einer App oder einem Gerät kamen, gehen Sie dorthin zurück, wo Sie begonnen haben, und machen Sie dort weiter.",
  },
  deadLink:
    "Wenn Sie Ihre Adresse schon bestätigt haben, melden Sie sich einfach an. Wenn nicht, lassen Sie sich nach der Anmeldung einen neuen Link schicken, oder fordern Sie ihn dort an, wo Sie begonnen haben.",
};

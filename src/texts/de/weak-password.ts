import type { Texts } from "../texts.ts";

export const weakPassword: Texts["weakPassword"] = {
  too_short: "Ihr Passwort muss mindestens {least} Zeichen haben.",
  too_common: "Ihr Passwort gehört zu den ersten, die man raten würde; wählen Sie ein anderes.",
  own_names: "Ihr Passwort besteht aus Ihrem Namen oder Ihrer Adresse; wählen Sie ein anderes.",
  breached: "Ihr Passwort ist aus einem Datenleck bekannt; wählen Sie ein anderes.",
};

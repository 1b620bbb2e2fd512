import type { Texts } from "../texts.ts";

export const places: Texts["places"] = {
  place: "Ort",
  network: "Netz",
  address: "Adresse",
  program: "Gerät",
  firstSeen: "Zuerst gesehen",
  unknown: "Unbekannt",
  browserOn: "{browser} unter {system}",
};

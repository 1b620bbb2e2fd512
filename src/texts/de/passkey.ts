import type { Texts } from "../texts.ts";

export const passkey: Texts["passkey"] = {
  problems: {
    get: {
      NotAllowedError:
        "Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal, oder gehen Sie einen anderen Weg.",
      SecurityError: "Unter dieser Adresse funktionieren Passkeys nicht.",
      other:
        "Ihr Browser konnte keinen Passkey verwenden. Versuchen Sie es noch einmal, oder gehen Sie einen anderen Weg.",
    },
    create: {
      NotAllowedError:
        "Es wurde kein Passkey angelegt. Versuchen Sie es noch einmal, wenn Sie so weit sind.",
      InvalidStateError: "Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.",
      NotSupportedError:
        "Dieses Gerät kann keine Passkeys aufbewahren. Versuchen Sie es mit einem anderen.",
      ConstraintError:
        "Dieses Gerät kann keine Passkeys aufbewahren. Versuchen Sie es mit einem anderen.",
      SecurityError: "Unter dieser Adresse funktionieren Passkeys nicht.",
      other: "Ihr Browser konnte keinen Passkey anlegen. Versuchen Sie es noch einmal.",
    },
  },
};

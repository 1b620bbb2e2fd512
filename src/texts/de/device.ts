import type { Texts } from "../texts.ts";

export const device: Texts["device"] = {
  title: "Gerät verbinden",
  codeHint: "Ihr Gerät zeigt acht Buchstaben, zum Beispiel BCDF-GHJK.",
  continue: "Weiter",
  noCode: "Das ist kein Code. Geben Sie die acht Buchstaben ein, die Ihr Gerät zeigt.",
  confirm: {
    title: "Gerät bestätigen",
    typed: "Dieses Gerät verbinden?",
    readByYou:
      "Machen Sie nur weiter, wenn Sie diesen Code selbst am Gerät abgelesen haben. Hat ihn Ihnen jemand geschickt oder genannt, lehnen Sie ab: Die Person käme sonst in Ihr Konto.",
    linked: "Zeigt Ihr Gerät diesen Code?",
    asks: "{client} ({id}) möchte Ihr Konto verwenden.",
    madeBy:
      "Als Hersteller ist {owner} angegeben. Geprüft haben wir das nicht: Jedes Gerät kann sich dafür ausgeben.",
    madeByNobody:
      "Wer es herstellt, ist nicht angegeben, und den Namen haben wir nicht geprüft: Jedes Gerät kann sich so nennen.",
    where: "Ist es dort, wo Sie sind?",
    device: "Das Gerät",
    you: "Sie",
    name: "Name für dieses Gerät (freiwillig)",
    nameHint: "Daran erkennen Sie es in der Liste Ihrer Geräte wieder.",
    suggestedName: "{client} unter {system}",
    compared: "Ich sehe das Gerät vor mir, und es zeigt genau diesen Code.",
    notCompared:
      "Vergleichen Sie den Code mit dem auf Ihrem Gerät, und setzen Sie das Häkchen, wenn beide gleich sind. Zeigt Ihr Gerät einen anderen oder keinen, lehnen Sie ab.",
    support:
      "Niemand vom Support wird Sie je nach diesem Code fragen. Wenn Sie das nicht selbst begonnen haben, lehnen Sie ab.",
    approve: "Zulassen",
    deny: "Ablehnen",
  },
  warning: {
    title: "Sehen Sie genau hin",
    country: {
      different: "Das Gerät ist in einem anderen Land als Sie.",
      unknown: "Wir können nicht erkennen, ob das Gerät im selben Land ist wie Sie.",
    },
    network: {
      different:
        "Das Gerät ist in einem anderen Netz als Sie. Das ist üblich, wenn eines von beiden mobile Daten nutzt, aber auch, wenn ein Fremder das begonnen hat.",
      unknown: "Wir können nicht erkennen, ob das Gerät im selben Netz ist wie Sie.",
    },
    whatToDo: "Lassen Sie es nur zu, wenn das Gerät vor Ihnen steht.",
  },
  placeDemanded: {
    title: "Von hier aus können Sie das nicht zulassen",
    country:
      "Diese App lässt nur Geräte zu, die im selben Land sind wie die Person, die sie zulässt. Soweit wir sehen, ist Ihres das nicht.",
    network:
      "Diese App lässt nur Geräte zu, die im selben Netz und im selben Land sind wie die Person, die sie zulässt. Soweit wir sehen, ist Ihres das nicht.",
    whatToDo:
      "Steht das Gerät vor Ihnen, machen Sie an einem Telefon oder Computer weiter, das im selben Netz ist wie das Gerät, ohne VPN, und geben Sie dort den Code ein. Wenn nicht, lehnen Sie ab.",
  },
  approved: {
    title: "Gerät zugelassen",
    connected: "{client} wird jetzt mit Ihrem Konto verbunden.",
    connectedAs: "{client} wird jetzt mit Ihrem Konto verbunden, unter dem Namen {name}.",
    goBack: "Sie können diese Seite schließen und zu Ihrem Gerät zurückkehren.",
    revoke:
      "Sie können den Zugriff jederzeit beenden, dort, wo Ihre Sitzungen und Geräte aufgeführt sind.",
    revokeLink: "Ihre Sitzungen und Geräte",
  },
  denied: {
    title: "Gerät abgelehnt",
    refused:
      "{client} bekommt keinen Zugriff auf Ihr Konto. Das wird dem Gerät jetzt mitgeteilt, und sein Code gilt nicht mehr.",
    notYours:
      "Wenn Sie das nicht begonnen haben, hat vielleicht jemand versucht, in Ihr Konto zu kommen. Es ist nicht gelungen, und Sie müssen nichts weiter tun: Geben Sie nur nie einen Code ein, den Ihnen jemand genannt hat. Kennt die Person auch Ihr Passwort, legen Sie ein neues fest.",
    notYoursLink: "Neues Passwort festlegen",
    again:
      "Haben Sie aus Versehen abgelehnt, beginnen Sie am Gerät noch einmal: Es zeigt dann einen neuen Code.",
  },
  refusals: {
    user_code_unknown:
      "Unter diesem Code wartet kein Gerät. Prüfen Sie ihn und geben Sie ihn noch einmal ein.",
    user_code_expired:
      "Dieser Code ist abgelaufen. Beginnen Sie am Gerät noch einmal: Es zeigt dann einen neuen.",
    user_code_decided:
      "Dieser Code wurde schon verwendet. Wenn Sie das Gerät noch verbinden möchten, beginnen Sie dort noch einmal.",
    place_differs:
      "Diese App lässt nur Geräte zu, die dort sind, wo Sie sind, und soweit wir sehen, ist Ihres das nicht. Es wurde nichts zugelassen.",
    scope_not_allowed: "Darum hat das Gerät nicht gebeten. Geben Sie den Code noch einmal ein.",
    insufficient_scope:
      "Mit dieser Anmeldung können Sie keine Geräte verbinden. Melden Sie sich ab und mit Ihrem Passwort wieder an.",
    password_change_required:
      "Ihr Passwort muss erst geändert werden. Fordern Sie einen Link für ein neues an und kommen Sie dann wieder.",
    rate_limited: "Es wurden zu viele Codes ausprobiert.",
  },
};

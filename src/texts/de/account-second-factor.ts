import type { Texts } from "../texts.ts";

export const accountSecondFactor: Texts["accountSecondFactor"] = {
  title: "Zwei-Faktor-Anmeldung",
  codeMissing: "Geben Sie die sechs Ziffern ein, die Ihre App zeigt.",
  off: {
    what: "Beim Anmelden wird dann auch ein Code aus einer App auf Ihrem Telefon verlangt. Wer Ihr Passwort herausfindet oder Ihre E-Mails liest, kommt trotzdem nicht hinein.",
    needs:
      "Sie brauchen eine Authenticator-App, zum Beispiel Aegis, 2FAS, Google Authenticator oder einen Passwort-Manager.",
    start: "Einrichten",
  },
  on: {
    what: "Beim Anmelden wird ein Code aus Ihrer Authenticator-App verlangt.",
    codesLeft: (codes) =>
      codes === 1
        ? "Sie haben noch 1 Wiederherstellungscode."
        : `Sie haben noch ${codes} Wiederherstellungscodes.`,
    lost: "Wiederherstellungscodes verloren oder nie gesichert?",
    replace: "Neue Wiederherstellungscodes erstellen",
    turnOff: "Zwei-Faktor-Anmeldung ausschalten",
  },
  setUp: {
    title: "App einrichten",
    scan: "Scannen Sie das mit Ihrer Authenticator-App.",
    qrCode: "QR-Code mit dem geheimen Schlüssel darunter",
    type: "Oder tippen Sie den Schlüssel dort ein:",
    confirm: "Geben Sie dann den Code ein, den die App zeigt.",
    code: "Sechsstelliger Code",
    submit: "Einschalten",
    again: "Mit einem anderen Schlüssel neu beginnen",
    wrong:
      "Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten und geben Sie den ein.",
  },
  codes: {
    title: "Ihre Wiederherstellungs\u00adcodes",
    on: "Die Zwei-Faktor-Anmeldung ist eingeschaltet.",
    what: "Mit jedem davon können Sie sich einmal ohne Ihre App anmelden. Drucken Sie sie aus oder kopieren Sie sie an einen sicheren Ort: Sie werden nicht noch einmal gezeigt.",
    replaced: "Die früheren gelten nicht mehr.",
    whose: "{email} bei {tenant}, {date}",
    copy: "Alle zusammen, zum Kopieren",
    print: "Wenn Sie diese Seite drucken, stehen nur die Codes darauf.",
    saved: "Ich habe sie gesichert",
  },
  replace: {
    title: "Neue Wiederherstellungs\u00adcodes",
    what: "Alle Codes, die Sie jetzt haben, gelten dann nicht mehr, ob verwendet oder nicht.",
    code: "Code aus Ihrer Authenticator-App",
    submit: "Neue Codes erstellen",
    wrong: "Dieser Code ist falsch oder wurde schon verwendet.",
  },
  turnOff: {
    title: "Zwei-Faktor-Anmeldung ausschalten",
    what: "Beim Anmelden wird dann nur noch Ihr Passwort verlangt.",
    code: "Code aus Ihrer App oder ein Wiederherstellungscode",
    submit: "Ausschalten",
    wrongPassword: "Ihr Passwort stimmt nicht.",
    wrongCode: "Dieser Code ist falsch oder wurde schon verwendet.",
    codeMissing: "Geben Sie einen Code aus Ihrer App oder einen Ihrer Wiederherstellungscodes ein.",
    needsPassword:
      "Zum Ausschalten braucht es außer einem Code ein Passwort, damit es niemand tun kann, der nur eines von beiden hat. Ihr Konto hat noch kein Passwort.",
    setPassword: "Zuerst ein Passwort festlegen",
  },
};

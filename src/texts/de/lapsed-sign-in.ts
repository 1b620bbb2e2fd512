import type { Texts } from "../texts.ts";

export const lapsedSignIn: Texts["lapsedSignIn"] = {
  title: "Bitte melden Sie sich noch einmal an",
  why: "Es hat zu lange gedauert, oder es waren zu viele Versuche. An Ihrem Konto hat sich nichts geändert.",
};

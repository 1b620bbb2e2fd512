import type { Refused } from "../../core/refused.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

/** "Too many attempts. Try again in 2 minutes." */
export function tooManyAttempts(texts: Texts, refused: Refused): string {
  return fill(texts.fields.tooManyAttempts, { comeBack: whenToComeBack(texts, refused) });
}

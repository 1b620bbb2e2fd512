import type { Texts } from "../../texts/texts.ts";

/** Fewer than this, and the next lost phone may lock its owner out. */
const ENOUGH = 3;

/** Warns whoever is running out of recovery codes. */
export function FewCodes({ texts, means: { hasSecondFactor, recoveryCodesLeft } }: FewCodesProps) {
  return hasSecondFactor && recoveryCodesLeft < ENOUGH ? (
    <div class="alert" role="note">
      <p>{texts.accountSecurity.secondFactor.fewCodes}</p>
    </div>
  ) : null;
}

interface FewCodesProps {
  texts: Texts;
  means: { hasSecondFactor: boolean; recoveryCodesLeft: number };
}

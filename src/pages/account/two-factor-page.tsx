import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { TokenForm } from "../form/token-form.tsx";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { FewCodes } from "./few-codes.tsx";

/** GET /account/security/two-factor: whether there is a second factor, and what can be done about it. */
export async function showTwoFactor(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title } = texts.accountSecondFactor;
  http.var.log.operation = "describeSecondFactor";
  const found = await operations.describeSecondFactor(context, { caller });
  if (found instanceof Refused) {
    return barredPage(visit, title, found.reason);
  }
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      {found.isOn ? (
        <On visit={visit} recoveryCodesLeft={found.recoveryCodesLeft} />
      ) : (
        <Off visit={visit} />
      )}
    </>,
  );
}

function On({ visit: { texts }, recoveryCodesLeft }: { visit: Visit; recoveryCodesLeft: number }) {
  const { on } = texts.accountSecondFactor;
  return (
    <>
      <p>{on.what}</p>
      <p>{on.codesLeft(recoveryCodesLeft)}</p>
      <FewCodes texts={texts} means={{ hasSecondFactor: true, recoveryCodesLeft }} />
      <p>
        {on.lost} <a href="/account/security/recovery-codes">{on.replace}</a>
      </p>
      <p>
        <a href="/account/security/two-factor-off">{on.turnOff}</a>
      </p>
    </>
  );
}

function Off({ visit }: { visit: Visit }) {
  const { off } = visit.texts.accountSecondFactor;
  return (
    <>
      <p>{off.what}</p>
      <p>{off.needs}</p>
      <TokenForm visit={visit}>
        <button type="submit">{off.start}</button>
      </TokenForm>
    </>
  );
}

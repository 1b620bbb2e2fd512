import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import type { BegunCeremony } from "../../core/passkey/start-passkey-sign-in.ts";
import type { Texts } from "../../texts/texts.ts";
import { EmailField } from "../form/email-field.tsx";
import type { FormProblem } from "../form/form-problem.ts";
import { PasswordField } from "../form/password-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import type { Visitor } from "../session/who-is-there.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { PasskeyForm } from "./passkey-form.tsx";
import { onTheWayTo } from "./return-to.ts";

const NAME_MAX_LENGTH = 60;

/** The sign-in page, for whoever is there. */
export function SignInForm(props: SignInFormProps) {
  const { texts, visitor, returnPath, clientName, problems } = props;
  const { signIn } = texts;
  const { title, about } = signIn[visitor.is];
  return (
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      {visitor.email !== null && (
        <p>
          <Sentence
            of={about}
            email={<ForeignText texts={texts} text={visitor.email} maxLength={EMAIL_MAX_LENGTH} />}
          />
        </p>
      )}
      {clientName !== null && <ThenTo texts={texts} clientName={clientName} />}
      {visitor.is === "signedIn" ? (
        <>
          <p>
            <a class="button" href={returnPath}>
              {signIn.goOn}
            </a>
          </p>
          <details>
            <summary>{signIn.somebodyElse}</summary>
            <WaysIn {...props} />
          </details>
        </>
      ) : (
        <WaysIn {...props} />
      )}
    </>
  );
}

/** Whom the person goes on to, before they give this service anything. */
function ThenTo({ texts, clientName }: { texts: Texts; clientName: string }) {
  const client = (
    <strong>
      <ForeignText texts={texts} text={clientName} maxLength={NAME_MAX_LENGTH} />
    </strong>
  );
  return (
    <p>
      <Sentence of={texts.signIn.thenTo} client={client} />
    </p>
  );
}

/** The password first, then every other way on. */
function WaysIn(props: SignInFormProps) {
  const { texts, visitor, returnPath, email, mayRegister, passkey, problems } = props;
  const { signIn, fields } = texts;
  const { ceremony, options } = passkey;
  return (
    <>
      <form method="post" action="/signin">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField texts={texts} value={email} offersPasskeys problems={problems} />
        <PasswordField
          label={fields.password}
          autocomplete="current-password"
          problems={problems}
        />
        <button type="submit">{signIn.submit}</button>
      </form>
      <PasskeyForm
        texts={texts}
        asks="get"
        options={options}
        action="/signin/passkey"
        hidden={{ return_to: returnPath, ceremony }}
        submit={signIn.passkey}
        isQuiet
        // A device that answers unasked would give the passkey again that was just refused.
        offersInFields={problems.length === 0}
      />
      <ul class="ways">
        <li>
          <a href={onTheWayTo(returnPath, "/signin/mail")}>{signIn.mailedCode}</a>
        </li>
        <li>
          <a href={onTheWayTo(returnPath, "/forgot")}>{signIn.forgot}</a>
        </li>
        {mayRegister && visitor.is !== "anew" && (
          <li>
            <a href={onTheWayTo(returnPath, "/register")}>{signIn.register}</a>
          </li>
        )}
      </ul>
    </>
  );
}

export interface SignInFormProps {
  texts: Texts;
  visitor: Visitor;
  returnPath: string;
  /** What the app is called that the person goes on to, where there is one. */
  clientName: string | null;
  /** What stands in the field for the address. */
  email: string | undefined;
  mayRegister: boolean;
  passkey: BegunCeremony;
  problems: readonly FormProblem[];
}

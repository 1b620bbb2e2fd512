import type { PropsWithChildren } from "hono/jsx";
import type { Texts } from "../../texts/texts.ts";

/**
 * A form that an authenticator fills in: the page's script asks it for what `options` say and sends
 * the answer. Hidden until the script finds that this browser can, so that no button is dead.
 */
export function PasskeyForm({
  texts,
  asks,
  options,
  action,
  hidden,
  submit,
  isQuiet = false,
  offersInFields = false,
  otherwise,
  children,
}: PropsWithChildren<PasskeyFormProps>) {
  return (
    <>
      <form
        method="post"
        action={action}
        hidden
        data-passkey={asks}
        data-options={options}
        data-problems={JSON.stringify(texts.passkey.problems[asks])}
        {...(offersInFields && { "data-autofill": "on" })}
      >
        {Object.entries({ ...hidden, answer: "" }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {children}
        <button type="submit" {...(isQuiet && { class: "quiet" })}>
          {submit}
        </button>
        <p class="hint" role="status" />
      </form>
      {otherwise && <p data-without-passkeys>{otherwise}</p>}
    </>
  );
}

interface PasskeyFormProps {
  texts: Texts;
  /** To make a passkey, or for one that was made. */
  asks: "create" | "get";
  options: string;
  action: string;
  hidden: Readonly<Record<string, string>>;
  submit: string;
  /** Beside another button that most people will press. */
  isQuiet?: boolean;
  /** The browser may offer passkeys where an address is typed (`autocomplete="username webauthn"`). */
  offersInFields?: boolean;
  /** What stands there instead while the form is hidden. */
  otherwise?: string;
}

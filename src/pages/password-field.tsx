/** Past this, a password is refused unread: hashing megabytes is an attack, not a sign-in. */
export const PASSWORD_MAX_LENGTH = 1024;

/**
 * A password to be typed. There is no `maxlength`: a browser would cut what is pasted without a
 * word (NIST SP 800-63B §3.1.1.2). No value either: a password is never put back.
 */
export function PasswordField({ label, hint, autocomplete }: PasswordFieldProps) {
  return (
    <>
      <label for="password">{label}</label>
      {hint && (
        <p class="hint" id="password-hint">
          {hint}
        </p>
      )}
      <input
        id="password"
        name="password"
        type="password"
        autocomplete={autocomplete}
        required
        {...(hint && { "aria-describedby": "password-hint" })}
      />
    </>
  );
}

interface PasswordFieldProps {
  label: string;
  hint?: string;
  autocomplete: "current-password" | "new-password";
}

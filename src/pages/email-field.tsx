import * as z from "zod";

const MAX_LENGTH = 254;
const problem = { error: "Enter your e-mail address, such as name@example.com." };

/** An address as a form sends it. */
export const emailAddress = z
  .string(problem)
  .trim()
  .max(MAX_LENGTH, problem)
  .pipe(z.email(problem));

/** The field for it, under the name `email`. */
export function EmailField({ value = "" }: { value?: string | undefined }) {
  return (
    <>
      <label for="email">E-mail address</label>
      <input
        id="email"
        name="email"
        type="email"
        value={value}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
      />
    </>
  );
}

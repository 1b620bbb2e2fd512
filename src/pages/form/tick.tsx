import type { Child } from "hono/jsx";
import { type FormProblem, fieldState } from "./form-problem.ts";

/** A box to be ticked, with what that says. */
export function Tick({
  id,
  name,
  isTicked = false,
  isRequired = false,
  problems = [],
  children,
}: TickProps) {
  return (
    <div class="tick">
      <input
        id={id}
        name={name}
        type="checkbox"
        value="on"
        checked={isTicked}
        required={isRequired}
        {...fieldState(name, problems)}
      />
      <label for={id}>{children}</label>
    </div>
  );
}

interface TickProps {
  id: string;
  name: string;
  isTicked?: boolean;
  /** Whether a browser sends the form without it. */
  isRequired?: boolean;
  /** Of the form that it stands in. */
  problems?: readonly FormProblem[];
  children: Child;
}

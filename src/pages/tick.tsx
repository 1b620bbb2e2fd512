import type { Child } from "hono/jsx";

/** A box to be ticked, with what that says. */
export function Tick({ id, name, isTicked = false, isRequired = false, children }: TickProps) {
  return (
    <div class="tick">
      <input
        id={id}
        name={name}
        type="checkbox"
        value="on"
        checked={isTicked}
        required={isRequired}
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
  children: Child;
}

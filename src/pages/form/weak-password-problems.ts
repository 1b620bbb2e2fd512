import type { Context } from "hono";
import type { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import { textsOf } from "../frame/texts-of.ts";
import { type FormProblem, inFields } from "./form-problem.ts";

/** Why a new password is not taken, in the words of whoever chose it. */
export function weakPasswordProblems(http: Context<AppEnv>, { fields }: Refused): FormProblem[] {
  const { weakPassword } = textsOf(http);
  const least = http.var.ports.settings.passwordMinLength;
  return fields.flatMap(({ rule }) =>
    rule ? inFields(fill(weakPassword[rule], { least }), "password") : [],
  );
}

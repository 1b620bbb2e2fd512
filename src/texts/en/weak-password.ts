/** Why a new password is not taken, by the rule that it breaks. */
export const weakPassword = {
  too_short: "Your password must have at least {least} characters.",
  too_common: "Your password is among the first that anyone would try; choose another.",
  own_names: "Your password is made of your own name or address; choose another.",
  breached: "Your password is known from a data breach; choose another.",
};

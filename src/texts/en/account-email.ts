/** Changing an account's address. */
export const accountEmail = {
  title: "Change your address",
  now: "Your address is {email}, and it is confirmed.",
  nowUnconfirmed:
    "Your address is {email}. It is not confirmed yet: open the newest link that we mailed to it.",
  again: "Mail me the link again",
  what: "We mail a link to the new address, and tell the one that you have now. The address changes once you open the link, which works for an hour. You stay signed in.",
  field: "New e-mail address",
  submit: "Mail me a link",
  unchanged: "That is your address already.",
};

/** The mailbox of development. */
export const mailbox = {
  title: "Mailbox",
  empty: "No mail yet. Reload after you have asked for some.",
  to: "To {address}, {time}",
  asMailed: "As it was mailed",
};

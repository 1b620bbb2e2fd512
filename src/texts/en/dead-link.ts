/** A mailed link that is spent, too old or incomplete. */
export const deadLink = {
  title: "This link no longer works",
  why: "It was used before, it is too old, or a part of it is missing. {whatToDo}",
};

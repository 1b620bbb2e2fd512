/** Pages without a form to go on with: what happened, and what to do. */
export const errors = {
  invalid_request: {
    title: "That did not arrive in one piece",
    whatToDo: "Go back, reload the page and fill in the form again.",
  },
  cross_site: {
    title: "That form is not from this page",
    whatToDo: "Nothing was changed. Go back, reload the page and try again.",
  },
  route_unknown: {
    title: "There is nothing here",
    whatToDo: "Check the address, or begin at the front page.",
  },
  method_not_allowed: {
    title: "That does not work here",
    whatToDo: "Go back and use the form on the page.",
  },
  body_too_large: {
    title: "That is too much to send",
    whatToDo: "Go back and shorten what you typed.",
  },
  unsupported_media_type: {
    title: "That is not a form",
    whatToDo: "Go back and use the form on the page.",
  },
  rate_limited: {
    title: "Too many attempts",
    whatToDo: "Wait a little before the next one.",
  },
  internal: {
    title: "Something went wrong on our side",
    whatToDo: "It is not your fault. Try again; if it stays like this, come back later.",
  },
  unavailable: {
    title: "Not possible right now",
    whatToDo: "Nothing is wrong with what you sent.",
  },
};

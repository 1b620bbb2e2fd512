/** Why an app cannot be gone on to: what happened, and what to do. */
export const authorizationErrors = {
  invalid_request: {
    title: "That request is not complete",
    whatToDo:
      "The app that sent you here made a mistake. Go back to it and try again; if it stays like this, tell its makers.",
  },
  client_unknown: {
    title: "That app is not known here",
    whatToDo: "Make sure that you came from the right app. If you did, tell its makers.",
  },
  redirect_uri_unknown: {
    title: "That app cannot be answered there",
    whatToDo:
      "The address it wants you to be sent to is not one that it registered. Nothing was sent to it. Tell its makers.",
  },
  expired_token: {
    title: "That took too long",
    whatToDo:
      "Your request is no longer valid, or a part of it is missing. Go back to the app and start again.",
  },
  rate_limited: {
    title: "Too many attempts",
    whatToDo: "Wait a little before the next one.",
  },
  password_change_required: {
    title: "Your password has to be changed",
    whatToDo: "Set a new one first, then go back to the app and start again.",
  },
  insufficient_scope: {
    title: "This sign-in may not connect apps",
    whatToDo: "Go back to the app, start again, and sign in with your password.",
  },
  forMakers: "For its makers: {reason}",
  newPassword: "Mail me a link",
};

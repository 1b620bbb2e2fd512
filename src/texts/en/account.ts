/** What stands on every account page, and the page they begin at. */
export const account = {
  nav: "Your account",
  pages: {
    "/account": "Overview",
    "/account/profile": "Profile",
    "/account/security": "Sign-in & security",
    "/account/sessions": "Devices & sessions",
    "/account/keys": "API keys",
    "/account/activity": "Activity",
  },
  overview: "Your account",
  /** A form that was handed out to another sign-in, or to none. */
  lapsed: {
    title: "This form is from an earlier sign-in",
    whatToDo: "Nothing was changed. Open the page again and fill in its form once more.",
    again: "Open the page again",
  },
};

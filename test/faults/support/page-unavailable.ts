/** What a page says in an outage. */
export const pageUnavailable = {
  status: 503,
  says: {
    title: "Not possible right now – Latchkey",
    lines: [
      "Not possible right now",
      "Nothing is wrong with what you sent. Try again in 2 seconds.",
      "Front page",
    ],
    location: null,
    cookies: [],
  },
};

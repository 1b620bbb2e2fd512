/** Letting an app in a browser use the account. */
export const consent = {
  title: "Allow access?",
  heading: "Allow access to your account?",
  asks: "{client} ({id}) wants to use your account.",
  madeBy: "It is said to be made by {owner}, which we have not checked.",
  madeByNobody: "Nobody has told us who makes it.",
  leadsTo: "Afterwards you are sent to",
  appHere: "An app on this device ({scheme})",
  programHere: "A program on this device ({host})",
  advice:
    "If you do not know this app or did not start this yourself, deny. You can end its access at any time in the list of {link}.",
  sessions: "your sessions and devices",
  allow: "Allow",
  deny: "Deny",
};

/** How the command names itself: whoever approves its code, and whoever reads the log, sees that it was this. */
export const USER_AGENT = "latchkey-admin";

/**
 * How long what was done to an account can be undone by who reads its mailbox: the life of a link that
 * says "this was not me", and for how long an address is kept for whom it was taken from.
 */
export const UNDO_WINDOW_MS = 3 * 24 * 3600 * 1000;

/** How a command ends, for scripts. One that a signal stops ends with 128 and its number. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  signedOut: 3,
  refused: 4,
} as const;

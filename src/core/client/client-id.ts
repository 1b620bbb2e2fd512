/** Up to 64 letters, digits, dots, dashes and underscores, a letter or digit first. */
export const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isClientId(given: string): boolean {
  return CLIENT_ID.test(given);
}

/** The one spelling under which an address is stored, looked up and counted. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

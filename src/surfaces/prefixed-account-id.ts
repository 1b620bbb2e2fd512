/** The account's UUID without its dashes: stable, and anyone can turn it back. */
export function prefixedAccountId(accountId: string): string {
  return `usr_${accountId.replaceAll("-", "")}`;
}

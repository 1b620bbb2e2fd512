/** Enough of a secret to recognise it by, and too little to use. */
export function shortened(secret: string): string {
  return `${secret.slice(0, 12)}… (${secret.length} characters)`;
}

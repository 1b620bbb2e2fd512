const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The text with one character replaced, twice for every position: by the next one of base64url's
 * alphabet, which differs least, and by one that is half the alphabet away.
 */
export function everyOtherCharacter(text: string): string[] {
  return [...text].flatMap((character, position) =>
    [1, 32].map((steps) => {
      const other = ALPHABET.charAt((ALPHABET.indexOf(character) + steps) % ALPHABET.length);
      return text.slice(0, position) + other + text.slice(position + 1);
    }),
  );
}

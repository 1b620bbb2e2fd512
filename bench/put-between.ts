/** A page with text between its `<!-- name: … -->` and `<!-- /name -->`. Throws where there is no such place. */
export function putBetween(page: string, name: string, text: string): string {
  const place = new RegExp(`(<!-- ${name}:.*-->\\n)[\\s\\S]*(<!-- /${name} -->)`);
  if (!place.test(page)) {
    throw new Error(`there is no place for ${name}`);
  }
  return page.replace(place, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
}

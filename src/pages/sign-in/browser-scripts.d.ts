/** Scripts for people's browsers, as the text of their file: `rules` in wrangler.toml. */
declare module "*.browser.js" {
  const text: string;
  export default text;
}

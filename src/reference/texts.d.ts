/** The API reference, as the text of its file: `rules` in wrangler.toml. */
declare module "*/openapi.json" {
  const text: string;
  export default text;
}

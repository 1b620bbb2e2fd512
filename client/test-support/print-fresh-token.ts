import { createClient } from "../client.ts";
import { fileStorage } from "../node.ts";

/** A command line that uses the tokens in a file: `node print-fresh-token.ts <file> <url> <client>`. */
const [path = "", url = "", clientId = ""] = process.argv.slice(2);
let refreshes = 0;
const client = createClient({
  url,
  clientId,
  storage: fileStorage(path),
  fetch: (input, init) => {
    refreshes += 1;
    return fetch(input, init);
  },
});
process.stdout.write(JSON.stringify({ accessToken: await client.accessToken(), refreshes }));

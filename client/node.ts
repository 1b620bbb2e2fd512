/** `latchkey/client/node`: keeps the tokens of a command line in a file. */
export { fileStorage } from "./node/file-storage.ts";

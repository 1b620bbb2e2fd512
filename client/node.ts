/** `latchkey/client/node`: keeps the tokens of a command line in a file, and what else is its owner's alone. */
export { fileStorage } from "./node/file-storage.ts";
export { readPrivateFile } from "./node/read-private-file.ts";
export { writePrivateFile } from "./node/write-private-file.ts";

/** Why a row cannot be taken, in words for whoever has the file. They show nothing of a password or a secret. */
export class RowProblem extends Error {}

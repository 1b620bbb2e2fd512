/** The letters a user code is made of, five by five. */
const shapes: Record<string, readonly string[]> = {
  B: ["#### ", "#   #", "#### ", "#   #", "#### "],
  C: [" ####", "#    ", "#    ", "#    ", " ####"],
  D: ["#### ", "#   #", "#   #", "#   #", "#### "],
  F: ["#####", "#    ", "#### ", "#    ", "#    "],
  G: [" ####", "#    ", "#  ##", "#   #", " ####"],
  H: ["#   #", "#   #", "#####", "#   #", "#   #"],
  J: ["    #", "    #", "    #", "#   #", " ### "],
  K: ["#   #", "#  # ", "###  ", "#  # ", "#   #"],
  L: ["#    ", "#    ", "#    ", "#    ", "#####"],
  M: ["#   #", "## ##", "# # #", "#   #", "#   #"],
  N: ["#   #", "##  #", "# # #", "#  ##", "#   #"],
  P: ["#### ", "#   #", "#### ", "#    ", "#    "],
  Q: [" ### ", "#   #", "# # #", "#  # ", " ## #"],
  R: ["#### ", "#   #", "#### ", "#  # ", "#   #"],
  S: [" ####", "#    ", " ### ", "    #", "#### "],
  T: ["#####", "  #  ", "  #  ", "  #  ", "  #  "],
  V: ["#   #", "#   #", "#   #", " # # ", "  #  "],
  W: ["#   #", "#   #", "# # #", "## ##", "#   #"],
  X: ["#   #", " # # ", "  #  ", " # # ", "#   #"],
  Z: ["#####", "   # ", "  #  ", " #   ", "#####"],
  "-": ["     ", "     ", " ### ", "     ", "     "],
};

/** Draws a user code in block letters. A character without a shape stands for itself. */
export function largeText(text: string): string {
  const letters = [...text].map((letter) => shapes[letter] ?? ["", "", letter, "", ""]);
  const rows = [0, 1, 2, 3, 4].map((row) =>
    letters.map((letter) => (letter[row] ?? "").padEnd(5)).join("  "),
  );
  return rows.map((row) => row.replaceAll("#", "█").trimEnd()).join("\n");
}
